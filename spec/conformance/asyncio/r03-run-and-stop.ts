/**
 * R3: `stop()` lets the turn finish. `runUntilComplete()` runs until its awaitable is done. A closed loop does not run,
 * nor does a loop inside another.
 */
import { type Coroutine, ValueError, getEventLoop, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

export const programs: Programs = {
  'stop lets the turn finish, and what was added meanwhile begins the next run'(log) {
    const loop = newLoop()

    function first() {
      log('first')
      loop.stop()
      loop.callSoon(() => { log('added'); loop.stop() })
    }

    loop.callSoon(first)
    loop.callSoon(log, 'second')
    loop.runForever()
    log('stopped')
    loop.runForever()
    loop.close()
  },

  'a loop that is stopped beforehand runs one turn'(log) {
    const loop = newLoop()
    loop.stop()
    loop.callSoon(() => { log('first turn'); loop.callSoon(log, 'second turn') })
    loop.runForever()
    log('ran once')
    turn(loop)
    loop.close()
  },

  'stopping twice is stopping once, and is forgotten at the end of the run'(log) {
    const loop = newLoop()
    loop.stop()
    loop.stop()
    loop.runForever()
    log('ran')
    loop.callSoon(() => loop.stop())
    loop.callSoon(() => loop.stop())
    loop.runForever()
    log('ran')
    loop.callLater(1, () => loop.stop())
    loop.runForever()
    log('ran until', loop.time())
    loop.close()
  },

  'a timer that is due in the turn of stop still fires, one set in that turn does not'(log) {
    const loop = newLoop()
    loop.callLater(0, log, 'due')
    loop.callSoon(() => loop.stop())
    loop.callSoon(() => loop.callLater(0, log, 'set'))
    loop.runForever()
    log('stopped')
    turn(loop)
    loop.close()
  },

  'run_until_complete gives the result of a coroutine, of a task or of a future'(log) {
    function* main(n: number): Coroutine<number> {
      yield* sleep(n)
      return n
    }

    const loop = newLoop()
    const future = loop.createFuture<string>()
    loop.callLater(5, () => future.setResult('set'))
    log(loop.runUntilComplete(main(1)), loop.time())
    log(loop.runUntilComplete(loop.createTask(main(2))), loop.time())
    log(loop.runUntilComplete(future), loop.time())
    log(loop.runUntilComplete(future))
    loop.close()
  },

  'run_until_complete raises what the awaitable ends with'(log) {
    function* main(): Coroutine<void> {
      throw mine
    }

    const mine = new ValueError('mine')
    const loop = newLoop()
    const [failed, cancelled] = [loop.createFuture(), loop.createFuture()]
    failed.setException(mine)
    cancelled.cancel()
    attempt(log, () => loop.runUntilComplete(main()))
    attempt(log, () => loop.runUntilComplete(cancelled))
    try {
      loop.runUntilComplete(failed)
    } catch (error) {
      log('the same', error === mine)
    }
    loop.close()
  },

  'run_until_complete of a done future still runs a turn'(log) {
    const loop = newLoop()
    const future = loop.createFuture<string>()
    future.setResult('result')
    loop.callSoon(() => { log('before'); loop.callSoon(log, 'too late') })
    log(loop.runUntilComplete(future))
    log('after')
    turn(loop)
    loop.close()
  },

  'stopped before the future is done, and run again'(log) {
    function* main(): Coroutine<string> {
      yield* sleep(5)
      return 'result'
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    loop.callLater(1, () => loop.stop())
    try {
      loop.runUntilComplete(task)
    } catch (error) {
      log(error, (error as Error).message)
    }
    log(loop.time(), task.done())
    log(loop.runUntilComplete(task), loop.time())
    loop.close()
  },

  'a coroutine that needs one turn completes in a loop that is stopped beforehand'(log) {
    function* main(): Coroutine<string> {
      return 'result'
    }

    const loop = newLoop()
    loop.stop()
    log(loop.runUntilComplete(main()))
    loop.callSoon(() => { log('next run'); loop.callSoon(log, 'the turn after it') })
    loop.runForever()
    log('ended by the stop that was left over')
    turn(loop)
    loop.close()
  },

  'a closed loop neither runs nor accepts anything'(log) {
    function* main(): Coroutine<void> {
      log('never')
    }

    const coroutine = main()
    const loop = newLoop()
    const future = loop.createFuture()
    loop.close()
    for (const action of [
      () => loop.runForever(),
      () => loop.runUntilComplete(future),
      () => loop.runUntilComplete(coroutine),
      () => loop.callSoon(log, 'never'),
      () => loop.callSoonThreadsafe(log, 'never'),
      () => loop.callLater(1, log, 'never'),
      () => loop.callAt(1, log, 'never'),
      () => loop.createTask(coroutine),
    ]) {
      try {
        action()
      } catch (error) {
        log(error, (error as Error).message)
      }
    }
  },

  'a loop refuses to run inside itself, and continues'(log) {
    const loop = newLoop()

    function callback() {
      attempt(log, () => loop.runForever())
      attempt(log, () => loop.runUntilComplete(loop.createFuture()))
      log('running', loop.isRunning())
      loop.callSoon(log, 'goes on')
      loop.callLater(1, () => loop.stop())
    }

    loop.callSoon(callback)
    loop.runForever()
    log('running', loop.isRunning())
    loop.close()
  },

  'no other loop runs inside a loop either'(log) {
    function* main(): Coroutine<string> {
      attempt(log, () => other.runForever())
      attempt(log, () => other.runUntilComplete(other.createFuture()))
      log(loop.isRunning(), other.isRunning())
      yield* sleep(1)
      return 'result'
    }

    const [loop, other] = [newLoop(), newLoop()]
    log(loop.runUntilComplete(main()))
    other.callSoon(log, 'it runs afterwards')
    turn(other)
    loop.close()
    other.close()
  },

  'the running loop is known while it runs, and only then'(log) {
    const loop = newLoop()
    attempt(log, getRunningLoop)
    loop.callSoon(() => log(getRunningLoop() === loop, getEventLoop() === loop, loop.isRunning()))
    turn(loop)
    attempt(log, getRunningLoop)
    loop.close()
  },

  'what cannot be awaited cannot be run, nor can the future of another loop'(log) {
    const [loop, other] = [newLoop(), newLoop()]
    attempt(log, () => loop.runUntilComplete(null as never))
    attempt(log, () => loop.runUntilComplete(42 as never))
    attempt(log, () => loop.runUntilComplete(log as never))
    attempt(log, () => loop.runUntilComplete(other.createFuture()))
    log(loop.isRunning())
    loop.close()
    other.close()
  },

  'a loop that had nothing to wait for can run again'(log) {
    function* main(): Coroutine<unknown> {
      return yield* future
    }

    const loop = newLoop()
    const future = loop.createFuture<string>()
    const task = loop.createTask(main())
    attempt(log, () => loop.runUntilComplete(task))
    log(task.done(), loop.isRunning())
    future.setResult('result')
    attempt(log, () => loop.runUntilComplete(task))
    loop.close()
  },
}
