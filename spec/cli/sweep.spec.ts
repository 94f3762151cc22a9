import { type Coroutine, Lock, TaskGroup, VirtualHost, createTask, run, sleep, use } from '../../lib/index.ts'
import type { Program } from '../../lib/cli/order.ts'
import { sweep } from '../../lib/cli/sweep.ts'
import { sweepText } from '../../lib/cli/sweep-text.ts'

/** A program that opens something, waits, and closes it, if it is written well. */
function tap(careful: boolean): Program {
  return (_, print) => {
    function* main(): Coroutine<void> {
      print('open')
      try {
        yield* sleep(10)
        if (!careful) print('shut')
      } finally {
        if (careful) print('shut')
      }
    }
    run(main(), { host: new VirtualHost() })
  }
}

function race(locked: boolean): Program {
  return (_, print) => {
    let money = 100
    const lock = new Lock()
    function* take(name: string): Coroutine<void> {
      if (locked) yield* lock.acquire()
      const before = money
      yield* sleep(10)
      money = before - (name === 'Ann' ? 10 : 20)
      if (locked) lock.release()
    }
    function* main(): Coroutine<void> {
      yield* use(new TaskGroup(), function* (group) {
        for (const name of ['Ann', 'Ben']) group.createTask(take(name), { name })
      })
      print(`left: ${String(money)}`)
    }
    run(main(), { host: new VirtualHost() })
  }
}

describe('yieldfrom sweep', () => {
  it('cancels at every event, and groups what comes of it', () => {
    const { outcomes } = sweep(tap(true), { cancels: 100, seeds: 0 })
    expect(outcomes.map(({ outcome }) => outcome.split('\n'))).toEqual([
      ['prints open', 'prints shut', 'Task-1 ended'],
      ['Task-1 was cancelled', 'the program ended with CancelledError: by the sweep'],
      ['prints open', 'prints shut', 'Task-1 was cancelled', 'the program ended with CancelledError: by the sweep'],
    ])
  })

  it('finds where something stays open, and names the two events between which it begins', () => {
    const { pair } = sweep(tap(false), { cancels: 100, seeds: 0 })
    expect(pair?.map(({ outcome }) => outcome.includes('prints open'))).toEqual([false, true])
    expect(pair?.[1].label).toMatch(/^cancelled at event \d+ \(Task-1 wakes up/)
  })

  it('finds a race by another order, and none when a lock is held', () => {
    const { outcomes } = sweep(race(false), { cancels: 0, seeds: 10 })
    expect(new Set(outcomes.map(({ outcome }) => outcome.split('\n')[0]))).toEqual(new Set(['prints left: 80', 'prints left: 90']))
    expect(sweep(race(true), { cancels: 0, seeds: 10 }).outcomes.length).toBe(1)
  })

  it('says it in words', () => {
    const text = sweepText(sweep(race(false), { cancels: 0, seeds: 4 }))
    expect(text).toContain('5 runs, 2 outcomes')
    expect(text).toContain('The smallest difference:\n   as it is\n   seed ')
    expect(text).toContain('     - prints left: 80\n     + prints left: 90\n')
    expect(sweepText(sweep(race(true), { cancels: 0, seeds: 2 }))).toContain('3 runs, 1 outcome\n')
  })

  it('has one outcome for a program without tasks', () => {
    const { outcomes, pair } = sweep((_, print) => { print('hello') }, { cancels: 5, seeds: 2 })
    expect([outcomes, pair]).toEqual([[{ outcome: 'prints hello', labels: ['as it is', 'seed 1', 'seed 2'] }], null])
  })

  it('tells of tasks that never ended, and of those that failed', () => {
    const { outcomes } = sweep(() => {
      function* main(): Coroutine<void> {
        createTask((function* (): Coroutine<void> { throw new Error('no tea') })(), { name: 'tea' }).addDoneCallback(task => { task.exception() })
        yield* sleep(1)
      }
      run(main(), { host: new VirtualHost() })
    }, { cancels: 0, seeds: 0 })
    expect(outcomes[0]?.outcome.split('\n')).toEqual(['Task-1 ended', 'tea failed with Error: no tea'])
  })
})
