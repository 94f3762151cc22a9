import fc from 'fast-check'
import { ReadyQueue } from '../../lib/loop/ready-queue.ts'
import { EventLoop, ManualHost } from '../../lib/index.ts'
import type { Runnable } from '../../lib/loop/runnable.ts'

/** A callback, and those that it adds when it is called. */
interface Callback {
  readonly cancelled: boolean
  readonly adds: readonly Callback[]
}

const { callbacks } = fc.letrec<{ callbacks: Callback[] }>(tie => ({
  callbacks: fc.array(fc.record({
    cancelled: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    adds: fc.oneof({ depthSize: 'small' }, fc.constant([]), tie('callbacks')),
  }), { maxLength: 20, depthIdentifier: 'callbacks' }),
}))

type Command = 'push' | 'shift' | 'clear' | { readonly forget: number }

const commands: fc.Arbitrary<Command[]> = fc.array(fc.oneof(
  { weight: 30, arbitrary: fc.constant('push' as const) },
  { weight: 24, arbitrary: fc.constant('shift' as const) },
  { weight: 6, arbitrary: fc.record({ forget: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.constant('clear' as const) },
), { maxLength: 300, size: 'max' })

describe('what is ready', () => {
  it('runs first in, first out, turn by turn: what callbacks add comes after all of their turn', () => {
    fc.assert(fc.property(callbacks, given => {
      const log: unknown[] = []
      const loop = new EventLoop({ host: new ManualHost() })
      const schedule = (callback: Callback) => {
        const handle = loop.callSoon(() => {
          log.push(callback)
          callback.adds.forEach(schedule)
        })
        if (callback.cancelled) handle.cancel()
      }
      given.forEach(schedule)
      const expected: unknown[] = []
      for (let turn: readonly Callback[] = given; turn.length > 0;) {
        const called = turn.filter(callback => !callback.cancelled)
        expected.push(...called)
        const { ran, ready } = loop.tick()
        const next = called.flatMap(callback => callback.adds)
        expect([ran, ready]).toEqual([turn.length, next.length])
        turn = next
      }
      expect(log).toEqual(expected)
    }), { numRuns: 300 })
  })

  it('is a queue as an array is one, if a slow one', () => {
    fc.assert(fc.property(commands, todo => {
      const queue = new ReadyQueue()
      let array: Runnable[] = []
      const every: Runnable[] = []
      const make = (): Runnable => {
        const name = String(every.length)
        every.push({ $run: () => undefined, toString: () => name })
        return every[every.length - 1] as Runnable
      }
      const nobody = { $run: () => undefined, toString: () => 'nobody' }
      const took: [there: string, here: string][] = []
      let taken: Runnable | null = null
      const shift = () => {
        took.push([String(queue.shift()), String(taken = array.shift() ?? null)])
      }
      for (const command of todo) {
        if (command === 'push') {
          const item = make()
          queue.push(item)
          array.push(item)
        } else if (command === 'shift') {
          if (array.length > 0) shift()
        } else if (command === 'clear') {
          queue.clear()
          array = []
          taken = null
        } else if (every.length > 0) {
          const item = every[command.forget % every.length] as Runnable // it may have left long ago
          if (array.includes(item)) {
            queue.forget(item)
            array[array.indexOf(item)] = nobody
          }
        }
        took.push([String(queue.taken), String(taken)]) // whatever else comes and goes
        if (queue.size !== array.length) throw new Error(`size is ${queue.size}, not ${array.length}`)
      }
      while (queue.size > 0) shift()
      expect(took.map(([there]) => there)).toEqual(took.map(([, here]) => here))
    }), { numRuns: 1000 })
  })

  it('keeps what has the turn in its place, also when that comes again and is taken back', () => {
    const a = { $run: () => undefined, toString: () => 'a' }
    const queue = new ReadyQueue()
    queue.push(a)
    queue.shift()
    queue.push(a)
    queue.forget(a)
    queue.push(a)
    const log = [queue.taken, queue.shift(), queue.taken, queue.shift(), queue.taken]
    expect(log.map(String)).toEqual(['a', 'nobody', 'nobody', 'a', 'a'])
  })

  it('is dropped when the loop is closed', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost(), logger: () => undefined })
    loop.callSoon(() => { log.push('never') })
    log.push(loop.$ready.size)
    loop.close()
    log.push(loop.$ready.size)
    expect(() => loop.tick()).toThrow('Event loop is closed')
    expect(log).toEqual([1, 0])
  })
})

it('a queue gives the turns of what was forgotten to nobody, as often as it was forgotten, and finds what is to be taken out', () => {
  const log: string[] = []
  const item = (name: string): Runnable => ({ $run() { log.push(name) }, toString: () => name })
  const [a, b, c] = [item('a'), item('b'), item('c')]
  const queue = new ReadyQueue()
  for (const each of [a, b, a, c, a]) queue.push(each)
  queue.forget(a)
  queue.forget(a)
  log.push(`takes out b: ${String(queue.take(b))}, and again: ${String(queue.take(b))}`)
  while (queue.size > 0) queue.shift().$run()
  expect(log).toEqual(['takes out b: true, and again: false', 'c', 'a'])
})
