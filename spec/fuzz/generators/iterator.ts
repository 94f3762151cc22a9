import { AttributeError, StopIteration } from '../../../lib/index.ts'
import type { Act, IteratorThing } from './programs.ts'
import type { World } from './world.ts'

type Result = IteratorResult<unknown, unknown>

/** An iterator that does what the program says, one act after the other, whichever of its methods is called. */
export function makeIterator(world: World, thing: IteratorThing, name: string): object {
  const acts = thing.acts[Symbol.iterator]()
  const act = (method: string, ...args: unknown[]): Result => {
    world.trace.write(name, method, ...args)
    const { value, done } = acts.next()
    return done === true ? { value: undefined, done } : perform(world, value)
  }
  const next = () => act('next')
  const send = (value: unknown) => act('send', value)
  const nextOrSend = (value: unknown) => {
    if (value === undefined) return next()
    if (thing.send === 'next') return send(value)
    throw new AttributeError('an iterator takes what is sent to it here, so one that does not has to say so itself')
  }
  return {
    [Symbol.iterator]() { return this },
    next: nextOrSend,
    ...thing.send === 'send' && { send },
    ...thing.throw && { throw: (error: unknown) => act('throw', error) },
    ...thing.close !== 'nothing' && { [thing.close]: () => act('close') },
  }
}

function perform(world: World, act: Act): Result {
  switch (act.act) {
    case 'yield': return { value: act.value, done: false }
    case 'done': return { value: act.value, done: true }
    case 'stop': throw new StopIteration(act.value)
    case 'raise': throw world.error(act.error)
    case 'command':
      world.perform(act.command, false)
      return { value: 'performed', done: false }
  }
}
