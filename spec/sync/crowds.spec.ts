import { Condition, type Coroutine, Event, Lock, Queue, createTask, gather, use } from '../../lib/index.ts'
import { elapsed, story } from '../support/stories.ts'

const MANY = 100_000

/** That many wait, and nine of ten of them are cancelled; then they are let go on. */
function crowd(many: number, wait: (i: number) => Coroutine<unknown>, wake: (rest: number) => unknown): unknown[] {
  return story(function* (log) {
    const tasks = Array.from({ length: many }, (_, i) => createTask(wait(i)))
    yield
    yield
    for (const [i, task] of tasks.entries()) if (i % 10 !== 9) task.cancel()
    log.push(wake(many / 10))
    const results = yield* gather(tasks, { returnExceptions: true })
    log.push(tasks.filter(task => task.cancelled()).length,
      results.filter(result => !(result instanceof Error)).slice(-2))
  })
}

/** Eight times as many take about eight times as long, not sixty-four times. */
function takesItsTime(come: (many: number) => unknown[], log: unknown[]): void {
  const few = elapsed(() => { come(MANY / 8) })
  const all = elapsed(() => { expect(come(MANY)).toEqual(log) })
  expect(all).toBeLessThanOrEqual(32 * few)
}

describe('a hundred thousand', () => {
  const { stackTraceLimit } = Error
  beforeAll(() => { Error.stackTraceLimit = 0 }) // most of the time would go into the stacks of errors
  afterAll(() => { Error.stackTraceLimit = stackTraceLimit })

  it('wait for a lock, and get it in the order they came', () => {
    takesItsTime(many => {
      const lock = new Lock()
      let turns = 0
      return crowd(many, function* (i) {
        yield* use(lock, function* () { while (i === 0) yield }) // the first has it until it is cancelled
        return [i, turns++]
      }, () => String(lock))
    }, ['<Lock [locked, waiting:10000]>', 90_000, [[99_989, 9998], [99_999, 9999]]])
  })

  it('wait for an event', () => {
    takesItsTime(many => {
      const event = new Event()
      return crowd(many, () => event.wait(), () => {
        event.set()
        return String(event)
      })
    }, ['<Event [set, waiting:0]>', 90_000, [true, true]])
  })

  it('wait for items of a queue', () => {
    takesItsTime(many => {
      const queue = new Queue<number>()
      return crowd(many, () => queue.get(), rest => {
        for (let i = 0; i < rest; i++) queue.putNowait(i)
        return String(queue)
      })
    }, ['<Queue maxsize=0 size=10000 tasks=10000>', 90_000, [9998, 9999]])
  })

  it('wait for a condition', () => {
    takesItsTime(many => {
      const condition = new Condition()
      return crowd(many, () => use(condition, () => condition.wait()), () => String(condition))
    }, ['<Condition [unlocked, waiting:10000]>', 90_000, [true, true]])
  })
})
