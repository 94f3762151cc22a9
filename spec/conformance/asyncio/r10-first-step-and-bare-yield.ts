/**
 * R10: A task takes its first step in the next turn. A bare `yield` lets one turn pass; anything else that is yielded
 * is an error in the task.
 */
import { type Coroutine, createTask, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'

export const programs: Programs = {
  'tasks begin in the next turn, in the order in which they were created'(log) {
    function* child(n: number): Coroutine<void> {
      log('child', n)
    }

    function* main(): Coroutine<void> {
      for (let n = 0; n < 3; n++) {
        createTask(child(n))
      }
      log('main')
      yield* sleep(0)
      log('main again')
    }

    run(main())
  },

  'a task runs until it waits, and ends in the turn in which its coroutine returns'(log) {
    function* child(): Coroutine<string> {
      log('begins')
      yield
      log('goes on')
      return 'result'
    }

    const loop = newLoop()
    const task = loop.createTask(child())
    for (let i = 0; i < 2; i++) {
      log('done', task.done())
      turn(loop)
    }
    log('done', task.done(), task.result())
    loop.close()
  },

  'tasks and callbacks share one queue'(log) {
    function* child(n: number): Coroutine<void> {
      log('child', n)
      yield
      log('child', n, 'again')
    }

    const loop = newLoop()
    loop.callSoon(log, 'callback 0')
    loop.createTask(child(1))
    loop.callSoon(log, 'callback 2')
    loop.createTask(child(3))
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()
  },

  'a bare yield lets one turn pass, and gives nothing'(log) {
    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 4)
      for (let i = 0; i < 3; i++) {
        log('got', yield)
      }
      yield* sleep(1)
    }

    run(main())
  },

  'a bare yield lets one turn pass at any depth of coroutines'(log) {
    function* nested(depth: number): Coroutine<void> {
      if (depth > 0) yield* nested(depth - 1)
      yield
      log('depth', depth)
    }

    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 4)
      yield* nested(2)
      yield* sleep(1)
    }

    run(main())
  },
}
