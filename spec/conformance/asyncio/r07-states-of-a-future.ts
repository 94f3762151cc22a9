/**
 * R7: A future is pending until it gets a result, an error or a cancellation, once. What it answers depends on its
 * state.
 */
import {
  AttributeError, CancelledError, type Coroutine, type EventLoop, Future, GeneratorExit, InvalidStateError,
  KeyboardInterrupt, StopIteration, ValueError, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { message } from './support/witness.ts'

/** A future in each state. */
function states(loop: EventLoop): Future[] {
  const [pending, finished] = [loop.createFuture(), loop.createFuture()]
  const [failed, cancelled] = [loop.createFuture(), loop.createFuture()]
  finished.setResult('result')
  failed.setException(new ValueError('mine'))
  cancelled.cancel()
  failed.exception()
  return [pending, finished, failed, cancelled]
}

export const programs: Programs = {
  'result and exception in each state'(log) {
    const loop = newLoop()
    for (const future of states(loop)) {
      attempt(log, () => future.result())
      attempt(log, () => future.exception())
    }
    loop.close()
  },

  'done and cancelled in each state'(log) {
    const loop = newLoop()
    for (const future of states(loop)) {
      log(future.done(), future.cancelled())
    }
    loop.close()
  },

  'set_result works once, and never on a done future'(log) {
    const loop = newLoop()
    for (const future of states(loop)) {
      attempt(log, () => future.setResult('new'))
      attempt(log, () => future.result())
    }
    loop.close()
  },

  'set_exception works once, and never on a done future'(log) {
    const loop = newLoop()
    for (const future of states(loop)) {
      attempt(log, () => future.setException(new AttributeError('new')))
      attempt(log, () => future.result())
    }
    loop.close()
  },

  'cancel works once, and never on a done future'(log) {
    const loop = newLoop()
    for (const future of states(loop)) {
      log(future.cancel(), future.cancel(), future.cancelled())
      attempt(log, () => future.result())
    }
    loop.close()
  },

  'the error of a future is the object that was set, however often it is asked for'(log) {
    const loop = newLoop()
    const [future, mine] = [loop.createFuture(), new ValueError('mine')]
    future.setException(mine)
    log(future.exception() === mine, future.exception() === mine)
    for (let i = 0; i < 2; i++) {
      try {
        future.result()
      } catch (error) {
        log(error === mine)
      }
    }
    loop.close()
  },

  'a class of errors stands for a new error'(log) {
    class Mine extends Error {}

    const loop = newLoop()
    const [first, second] = [loop.createFuture(), loop.createFuture()]
    for (const future of [first, second]) {
      future.setException(Mine)
    }
    log(first.exception(), first.exception() instanceof Mine, first.exception() === second.exception())
    attempt(log, () => first.result())
    loop.close()
  },

  'a class of errors whose constructor fails leaves the future pending'(log) {
    class Mine extends Error {
      constructor() {
        super()
        throw new AttributeError('no')
      }
    }

    const loop = newLoop()
    const future = loop.createFuture()
    attempt(log, () => future.setException(Mine))
    log(future.done())
    loop.close()
  },

  'StopIteration cannot be the error of a future, and becomes the cause of one'(log) {
    const loop = newLoop()
    const mine = new StopIteration(5)
    for (const stop of [mine, StopIteration]) {
      const future = loop.createFuture()
      future.setException(stop)
      const error = future.exception() as Error & { cause: StopIteration }
      log(error, error.message)
      log(error.cause, error.cause === mine, error.cause.value)
    }
    loop.close()
  },

  'what is not an error cannot be set as one, and the future stays pending'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    for (const nothing of [null, 42, 'text', log, Object]) {
      attempt(log, () => future.setException(nothing as never))
    }
    log(future.done())
    future.setResult('result')
    attempt(log, () => future.setException(42 as never))
    loop.close()
  },

  'any value may be a result, even none, an error, or a future'(log) {
    const loop = newLoop()
    const other = loop.createFuture()
    for (const value of [null, false, 0, '', [], new ValueError('mine'), new StopIteration(5), other, ValueError]) {
      const future = loop.createFuture()
      future.setResult(value)
      log(future.result() === value, future.exception())
    }
    loop.close()
  },

  'a cancellation has a message, which each of its errors carries'(log) {
    const loop = newLoop()
    const [future, silent] = [loop.createFuture(), loop.createFuture()]
    future.cancel('mine')
    future.cancel('too late')
    silent.cancel()
    for (const action of [
      () => future.result(), () => future.exception(), () => future.result(),
      () => silent.result(), () => silent.exception(),
    ]) {
      try {
        action()
      } catch (error) {
        log(error, message(error))
      }
    }
    loop.close()
  },

  'a cancelled future raises a new error each time it is asked'(log) {
    const errors: unknown[] = []
    const loop = newLoop()
    const future = loop.createFuture()
    future.cancel()
    for (let i = 0; i < 3; i++) {
      try {
        future.result()
      } catch (error) {
        errors.push(error)
      }
    }
    log(errors[0] === errors[1], errors[1] === errors[2])
    loop.close()
  },

  'setting a CancelledError as the error does not cancel'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    future.setException(new CancelledError('mine'))
    log(future.done(), future.cancelled(), future.exception())
    attempt(log, () => future.result())
    log(future.cancel())
    loop.close()
  },

  'KeyboardInterrupt and GeneratorExit can be set too, and stay in the future'(log) {
    const loop = newLoop()
    for (const error of [KeyboardInterrupt, GeneratorExit, new InvalidStateError('mine')]) {
      const future = loop.createFuture()
      future.setException(error)
      log(future.exception())
      attempt(log, () => future.result())
    }
    turn(loop)
    loop.close()
  },

  'a future belongs to the loop that it is given, or to the running one'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      log(new Future().getLoop() === loop, loop.createFuture().getLoop() === loop)
      log(new Future({ loop: other }).getLoop() === other)
    }

    const other = newLoop()
    run(main())
    log(new Future({ loop: other }).getLoop() === other)
    attempt(log, () => new Future())
    other.close()
  },

  'futures can be subclassed'(log) {
    class Mine extends Future<number> {
      override setResult(result: number) {
        log('set_result', result)
        super.setResult(result + 1)
      }
    }

    function* main(): Coroutine<void> {
      const future = new Mine()
      getRunningLoop().callSoon(() => future.setResult(5))
      log(future instanceof Future, yield* future)
    }

    run(main())
  },

  'a task answers like a future'(log) {
    function* main(error: Error | null = null): Coroutine<string> {
      yield* sleep(1)
      if (error !== null) throw error
      return 'result'
    }

    const loop = newLoop()
    const tasks = [loop.createTask(main()), loop.createTask(main(new ValueError('mine'))), loop.createTask(main())]
    for (const task of tasks) {
      log(task.done(), task.cancelled())
      attempt(log, () => task.result())
      attempt(log, () => task.exception())
    }
    tasks[2]?.cancel('message')
    loop.callLater(2, () => loop.stop())
    loop.runForever()
    for (const task of tasks) {
      log(task.done(), task.cancelled(), task.cancel())
      attempt(log, () => task.result())
      attempt(log, () => task.exception())
    }
    loop.close()
  },
}
