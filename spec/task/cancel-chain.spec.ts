import fc from 'fast-check'
import { type Coroutine, EventLoop, type Task, VirtualHost, gather, isCancelled, suspend } from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })

function settle(loop: EventLoop): void { while (loop.tick().ready > 0); }

/** Tasks that wait for each other, and do not let themselves be cancelled: each waits on. */
class Chain {
  private readonly loop = quiet()
  readonly tasks: Task<void>[] = []
  /** How to end those that wait for no task. */
  private readonly endings: (() => void)[] = []
  readonly delivered: number[] = []

  /** @param ahead for which of those before it each task waits; -1 for none. */
  constructor(readonly ahead: number[]) {
    for (const i of ahead.keys()) {
      this.delivered.push(0)
      this.tasks.push(this.loop.createTask(this.waits(i)))
    }
    this.tick()
  }

  tick(): void { settle(this.loop) }

  /** Something from outside throws into a task, which waits for another one then. */
  detour(i: number, ahead: number): void {
    this.tick()
    this.ahead[i] = ahead
    this.tasks[i]?.getGreenlet().resumeThrow(new Detour())
  }

  /** A task ends that waits for no other; those that waited for it wait for none from now on. */
  end(i: number): void {
    this.tick()
    this.endings[i]?.()
    this.tick()
  }

  private *waits(i: number): Coroutine<void> {
    for (;;) {
      try {
        const ahead = this.tasks[this.ahead[i] as number]
        if (ahead === undefined) {
          yield* suspend(resume => { this.endings[i] = resume })
          return
        }
        yield* ahead
        this.ahead[i] = -1
      } catch (error) {
        if (isCancelled(error)) this.delivered[i] = this.delivered[i] as number + 1
        else if (!(error instanceof Detour)) throw error
      }
    }
  }
}

class Detour extends Error {}

const inARow = (length: number) => Array.from({ length }, (_, i) => i - 1)

describe('a request to end that goes along a chain of tasks', () => {
  it.each([3, 9, 30])('is counted by each of them, though only the last is told: %i tasks', length => {
    const chain = new Chain(inARow(length))
    const { tasks, delivered } = chain
    const last = length - 1
    tasks[last]?.cancel()
    tasks[last]?.cancel()
    tasks[last - 1]?.cancel()
    expect(tasks.map(task => task.cancelling())).toEqual([...inARow(last).map(() => 3), 2])
    chain.tick()
    expect(delivered).toEqual([1, ...inARow(last).map(() => 0)])
    tasks[last - 1]?.uncancel()
    tasks[last]?.cancel()
    expect(tasks.map(task => task.cancelling())).toEqual([...inARow(last - 1).map(() => 4), 3, 3])
  })

  it.each([2, 12])('that comes back to where it began, through gather(), ends there: %i tasks', length => {
    const loop = quiet()
    const log: unknown[] = []
    const tasks: Task<void>[] = []
    function* waits(i: number): Coroutine<void> {
      try {
        yield* i === 0 ? gather([tasks[length - 1] as Task<void>]) : tasks[i - 1] as Task<void>
      } catch (error) {
        log.push([length - 1 - i, isCancelled(error)])
        throw error
      }
    }
    for (let i = 0; i < length; i++) tasks.push(loop.createTask(waits(i)))
    loop.tick()
    tasks[length - 1]?.cancel()
    settle(loop)
    expect(log).toEqual([[0, true], ...inARow(length - 1).map(i => [length - 2 - i, true])])
    expect(tasks.every(task => task.cancelled())).toBe(true)
  })

  it.each([2, 12])('may be made again by what takes the wait back: %i tasks', length => {
    const loop = quiet()
    const tasks: Task<void>[] = []
    function* first(): Coroutine<void> { yield* suspend(() => () => { tasks[length - 1]?.cancel() }) }
    function* waits(task: Task<void>): Coroutine<void> { yield* task }
    for (let i = 0; i < length; i++) tasks.push(loop.createTask(i === 0 ? first() : waits(tasks[i - 1] as Task<void>)))
    loop.tick()
    tasks[length - 1]?.cancel()
    settle(loop)
    expect([tasks.map(task => task.cancelled()), tasks.map(task => task.cancelling())]).toEqual([
      tasks.map(() => true), [...inARow(length - 1).map(() => 1), 2],
    ])
  })

  it('is counted by who ends, and by those that wait on, though nobody asked before', () => {
    const chain = new Chain([...inARow(10), 0])
    const { tasks } = chain
    for (let i = 0; i < 3; i++) tasks[9]?.cancel()
    tasks[10]?.cancel() // waits for the first, too, and no way is long from there
    chain.end(0)
    chain.end(10)
    expect(tasks.map(task => [task.done(), task.cancelling()])).toEqual([
      [true, 4], ...inARow(9).map(() => [false, 3]), [true, 1],
    ])
  })

  it('is counted as if somebody walked the chain each time, whatever happens in between', () => {
    const of = fc.nat()
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ does: fc.constant('cancel' as const), of }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('ask' as const, 'uncancel' as const), of }) },
      fc.record({ does: fc.constantFrom('tick' as const, 'end' as const), of }),
      fc.record({ does: fc.constant('detour' as const), of, to: fc.nat() }),
    )
    const near = fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 40 })
    fc.assert(fc.property(near, fc.array(step, { maxLength: 40 }), (distances, steps) => {
      const chain = new Chain(distances.map((distance, i) => Math.max(i - 1 - distance, Math.min(i, 1) - 1)))
      const { tasks, ahead } = chain
      const counted = tasks.map(() => 0)
      for (const step of steps) {
        const alive = tasks.flatMap((task, i) => task.done() ? [] : [i])
        const those = step.does === 'end' ? alive.filter(i => ahead[i] === -1) : alive
        const i = those[step.of % those.length]
        if (i === undefined) break
        if (step.does === 'cancel') {
          tasks[i]?.cancel()
          for (let each = i; each >= 0; each = ahead[each] as number) (counted[each] as number)++
        } else if (step.does === 'uncancel') {
          counted[i] = Math.max((counted[i] as number) - 1, 0)
          expect(tasks[i]?.uncancel()).toBe(counted[i])
        } else if (step.does === 'ask') {
          expect(tasks[i]?.cancelling()).toBe(counted[i])
        } else if (step.does === 'detour') {
          chain.detour(i, (alive.filter(other => other < i))[step.to] ?? -1)
        } else if (step.does === 'end') {
          chain.end(i)
        } else {
          chain.tick()
        }
      }
      expect(tasks.map(task => task.cancelling())).toEqual(counted)
    }), { numRuns: 300 })
  })
})
