import type { Awaitable, Coroutine, Future } from '../../../lib/index.ts'
import type { Actor, Ending, Wait } from './things.ts'
import type { World } from './world.ts'

/** A wait that ends at once when the task is asked to end. */
export function plain(what: string, future: Future | null = null): Wait {
  return { what, is: future?.done() === true ? 'none' : 'plain', future }
}

/** A wait for others, to whom the request is passed on. */
export function passedOn(what: string, future: Future | null): Wait {
  return { what, is: future?.done() === true ? 'none' : 'passed on', future }
}

/** Wait, and log what comes of it. */
export function* waiting(world: World, me: Actor, how: Wait, awaitable: Awaitable<unknown>): Coroutine<void> {
  world.witness.waits(me, how)
  const ending = yield* endingOf(awaitable)
  world.witness.waited(me, how, ending)
  world.write(me, how.what, ...ending)
  if (ending.length > 0) throw ending[0]
}

export function* endingOf(awaitable: Awaitable<unknown>): Coroutine<Ending> {
  try {
    yield* awaitable
    return []
  } catch (error) {
    return [error]
  }
}
