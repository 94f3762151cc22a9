/**
 * R5: `close()` may be repeated, drops what was scheduled, and is refused while the loop runs. Debug mode changes no
 * order.
 */
import { type Coroutine, KeyboardInterrupt, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'

export const programs: Programs = {
  'closing twice does nothing'(log) {
    const loop = newLoop()
    log(loop.isClosed())
    loop.close()
    loop.close()
    log(loop.isClosed(), loop.isRunning())
  },

  'a running loop cannot be closed, and continues'(log) {
    function* main(): Coroutine<boolean> {
      attempt(log, () => loop.close())
      yield* sleep(1)
      return loop.isClosed()
    }

    const loop = newLoop()
    loop.callSoon(() => attempt(log, () => loop.close()))
    log(loop.runUntilComplete(main()))
    loop.close()
    log(loop.isClosed())
  },

  'a loop that is about to stop cannot be closed either'(log) {
    const loop = newLoop()
    loop.callSoon(() => { loop.stop(); attempt(log, () => loop.close()) })
    loop.runForever()
    attempt(log, () => loop.close())
  },

  'what was scheduled is dropped'(log) {
    const loop = newLoop()
    loop.callSoon(log, 'never')
    loop.callLater(0, log, 'never')
    loop.close()
    attempt(log, () => loop.runForever())
    attempt(log, () => turn(loop))
  },

  'stop, time and the state of a closed loop can be asked'(log) {
    const loop = newLoop()
    loop.callLater(3, () => loop.stop())
    loop.runForever()
    loop.close()
    attempt(log, () => loop.stop())
    log(loop.time(), loop.isRunning(), loop.isClosed(), loop.getDebug(), loop.getExceptionHandler())
  },

  'what was scheduled can be cancelled after it was dropped'(log) {
    const loop = newLoop()
    const [handle, timer] = [loop.callSoon(log, 'never'), loop.callLater(1, log, 'never')]
    loop.close()
    attempt(log, () => handle.cancel())
    attempt(log, () => timer.cancel())
    log(handle.cancelled(), timer.cancelled(), timer.when())
  },

  'a closed loop creates futures, but no tasks'(log) {
    function* main(): Coroutine<void> {
      log('never')
    }

    const coroutine = main()
    const loop = newLoop()
    loop.close()
    const future = loop.createFuture<string>()
    log(future.done(), future.getLoop() === loop)
    future.setResult('result')
    log(future.result())
    attempt(log, () => loop.createTask(coroutine))
  },

  'a future of a closed loop can be set, but its callbacks cannot be called'(log) {
    const loop = newLoop()
    const future = loop.createFuture<string>()
    future.addDoneCallback(() => log('never'))
    loop.close()
    attempt(log, () => future.setResult('result'))
    log(future.done())
    attempt(log, () => future.addDoneCallback(() => log('never')))
  },

  'waking a task of a closed loop is refused, though its future is cancelled'(log) {
    function* main(): Coroutine<void> {
      yield* future
    }

    const loop = newLoop()
    const future = loop.createFuture()
    const task = loop.createTask(main())
    turn(loop)
    loop.close()
    attempt(log, () => future.cancel())
    log(future.cancelled(), task.done())
  },

  'a closed loop still has its exception handler'(log) {
    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log(context.message))
    loop.close()
    loop.callExceptionHandler({ message: 'mine' })
  },

  'a coroutine is not a callback'(log) {
    function* main(): Coroutine<void> {
      log('never')
    }

    const coroutine = main()
    const loop = newLoop()
    loop.setDebug(true)
    attempt(log, () => loop.callSoon(coroutine as never))
    attempt(log, () => loop.callLater(1, coroutine as never))
    attempt(log, () => loop.callAt(1, coroutine as never))
    attempt(log, () => loop.callSoonThreadsafe(coroutine as never))
    loop.close()
  },

  'a function that makes coroutines is not a callback either'(log) {
    function* main(): Coroutine<void> {
      log('never')
    }

    const loop = newLoop()
    loop.setDebug(true)
    attempt(log, () => loop.callSoon(main))
    attempt(log, () => loop.callLater(1, main))
    attempt(log, () => loop.callAt(1, main))
    attempt(log, () => loop.callSoonThreadsafe(main))
    loop.close()
  },

  'a callback must be a function'(log) {
    const loop = newLoop()
    loop.setDebug(true)
    attempt(log, () => loop.callSoon(null as never))
    attempt(log, () => loop.callLater(1, 'text' as never))
    attempt(log, () => loop.callAt(1, 42 as never))
    attempt(log, () => loop.callSoonThreadsafe([] as never))
    log('ready', turn(loop))
    loop.close()
  },

  'debug mode is off, and can be switched on'(log) {
    function* main(): Coroutine<boolean> {
      return getRunningLoop().getDebug()
    }

    const loop = newLoop()
    log(loop.getDebug())
    loop.setDebug(true)
    log(loop.getDebug(), loop.runUntilComplete(main()))
    loop.setDebug(false)
    log(loop.runUntilComplete(main()))
    loop.close()
    log(run(main()), run(main(), { debug: true }), run(main(), { debug: false }))
  },

  'debug mode changes no order'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      ticker(loop, log, 4)
      loop.callLater(0, log, 'timer')
      yield
      log('main')
      yield* sleep(1)
      log('main')
    }

    run(main(), { debug: false })
    run(main(), { debug: true })
  },

  'a loop that an error has left can be closed'(log) {
    function interrupt() {
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    loop.callSoon(interrupt)
    loop.callSoon(log, 'never')
    attempt(log, () => loop.runForever())
    attempt(log, () => loop.close())
    attempt(log, () => loop.runForever())
  },
}
