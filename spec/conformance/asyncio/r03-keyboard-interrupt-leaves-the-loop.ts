/** R3, KeyboardInterrupt: it leaves the loop at once, and the rest of the turn runs in the next run. */
import { type Coroutine, KeyboardInterrupt, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

export const programs: Programs = {
  'KeyboardInterrupt leaves the loop at once, and the rest of the turn runs next time'(log) {
    const loop = newLoop()

    function interrupt() {
      log('interrupt')
      throw new KeyboardInterrupt()
    }

    loop.setExceptionHandler(() => log('never'))
    loop.callSoon(log, 'first')
    loop.callSoon(interrupt)
    loop.callSoon(log, 'second')
    loop.callLater(1, () => loop.stop())
    attempt(log, () => loop.runForever())
    log('running', loop.isRunning())
    loop.runForever()
    log('time', loop.time())
    loop.close()
  },

  'KeyboardInterrupt of a coroutine leaves the loop, and is kept in the task'(log) {
    function* main(): Coroutine<void> {
      yield* sleep(1)
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    task.addDoneCallback(task => log('done callback', task.exception()))
    attempt(log, () => loop.runUntilComplete(task))
    log(task.done(), task.cancelled())
    turn(loop)
    attempt(log, () => loop.runUntilComplete(task))
    loop.close()
  },

  'KeyboardInterrupt of another task: the awaited one continues in the next run'(log) {
    function* main(): Coroutine<string> {
      yield* sleep(2)
      return 'result'
    }

    function* interrupt(): Coroutine<void> {
      yield* sleep(1)
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    const [task, other] = [loop.createTask(main()), loop.createTask(interrupt())]
    attempt(log, () => loop.runUntilComplete(task))
    log(task.done(), other.exception())
    attempt(log, () => loop.runUntilComplete(task))
    loop.close()
  },

  'KeyboardInterrupt in the turn in which the task ends postpones the stop to the next run'(log) {
    function* main(): Coroutine<string> {
      return 'result'
    }

    function interrupt() {
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    loop.callSoon(interrupt)
    attempt(log, () => loop.runUntilComplete(task))
    log(task.done())
    loop.callSoon(() => { log('next run'); loop.callSoon(log, 'the turn after it') })
    loop.runForever()
    log('stopped')
    turn(loop)
    loop.close()
  },

  'KeyboardInterrupt forgets a stop of the same turn'(log) {
    const loop = newLoop()

    function interrupt() {
      loop.stop()
      throw new KeyboardInterrupt()
    }

    loop.callSoon(interrupt)
    loop.callLater(3, () => loop.stop())
    attempt(log, () => loop.runForever())
    loop.runForever()
    log('time', loop.time())
    loop.close()
  },
}
