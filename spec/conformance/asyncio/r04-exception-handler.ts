/**
 * R4: An error of a callback goes to the exception handler and does not stop the loop. KeyboardInterrupt does. A
 * handler may fail itself.
 */
import {
  AttributeError, CancelledError, ContextVar, type Coroutine, EventLoop, type ExceptionContext, GeneratorExit,
  InvalidStateError, KeyboardInterrupt, StopIteration, ValueError, VirtualHost, copyContext,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

/** Logs what comes to the default handler. */
class Loop extends EventLoop {
  constructor(private readonly to: Log) { super({ host: new VirtualHost() }) }

  override defaultExceptionHandler(context: ExceptionContext) {
    this.to('default handler:', context.exception)
  }
}

function fail() {
  throw new ValueError('mine')
}

export const programs: Programs = {
  'the handler gets the message, the error and the handle'(log) {
    const loop = newLoop()

    function handler(theLoop: unknown, context: ExceptionContext) {
      log(theLoop === loop, Object.keys(context).sort(), context.exception, context.handle === handle)
      log(context.message.startsWith('Exception in callback '))
    }

    loop.setExceptionHandler(handler)
    const handle = loop.callSoon(fail)
    turn(loop)
    loop.close()
  },

  'the error of a callback does not keep others from running'(log) {
    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log('handler', context.exception))
    loop.callSoon(log, 'before')
    loop.callSoon(fail)
    loop.callSoon(log, 'after')
    loop.callLater(1, fail)
    loop.callLater(1, log, 'timer')
    loop.callLater(2, () => loop.stop())
    loop.runForever()
    loop.close()
  },

  'the error is the one that was raised'(log) {
    const loop = newLoop()
    const mine = new ValueError('mine')

    function callback() {
      throw mine
    }

    loop.setExceptionHandler((_loop, context) => log(context.exception === mine))
    loop.callSoon(callback)
    turn(loop)
    loop.close()
  },

  'a loop without its own handler uses the default one'(log) {
    const loop = new Loop(log)
    log(loop.getExceptionHandler())
    loop.callSoon(fail)
    turn(loop)
    loop.close()
  },

  'a handler can be set, read and removed'(log) {
    const loop = new Loop(log)

    function handler() {
      log('own handler')
    }

    loop.setExceptionHandler(handler)
    log(loop.getExceptionHandler() === handler)
    loop.callSoon(fail)
    turn(loop)
    loop.setExceptionHandler(null)
    log(loop.getExceptionHandler())
    loop.callSoon(fail)
    turn(loop)
    loop.close()
  },

  'a handler must be a function'(log) {
    const loop = newLoop()
    attempt(log, () => loop.setExceptionHandler('no function' as never))
    attempt(log, () => loop.setExceptionHandler({} as never))
    log(loop.getExceptionHandler())
    loop.close()
  },

  'when a handler fails, the default one gets its error'(log) {
    class Failing extends EventLoop {
      override defaultExceptionHandler(context: ExceptionContext) {
        log(context.message, context.exception, Object.keys(context).sort())
      }
    }

    function handler(_loop: unknown, context: ExceptionContext) {
      log('handler', context.exception)
      throw new AttributeError('in the handler')
    }

    const loop = new Failing({ host: new VirtualHost() })
    loop.setExceptionHandler(handler)
    loop.callSoon(fail)
    loop.callSoon(log, 'goes on')
    turn(loop)
    loop.close()
  },

  'the report of a failing handler contains the original report'(log) {
    class Failing extends EventLoop {
      override defaultExceptionHandler(context: ExceptionContext) {
        log((context['context'] as ExceptionContext).exception)
      }
    }

    const loop = new Failing({ host: new VirtualHost() })
    loop.setExceptionHandler(() => { throw new AttributeError('nothing') })
    loop.callSoon(fail)
    turn(loop)
    loop.close()
  },

  'a default handler that fails does not end the loop'(log) {
    class Failing extends EventLoop {
      override defaultExceptionHandler() {
        log('default handler')
        throw new AttributeError('in the default handler')
      }
    }

    const loop = new Failing({ host: new VirtualHost(), logger: () => undefined })
    loop.callSoon(fail)
    loop.callSoon(log, 'goes on')
    attempt(log, () => turn(loop))
    loop.close()
  },

  'when both handlers fail, the loop goes on'(log) {
    class Failing extends EventLoop {
      override defaultExceptionHandler() {
        log('default handler')
        throw new AttributeError('in the default handler')
      }
    }

    function handler() {
      log('handler')
      throw new AttributeError('in the handler')
    }

    const loop = new Failing({ host: new VirtualHost(), logger: () => undefined })
    loop.setExceptionHandler(handler)
    loop.callSoon(fail)
    loop.callSoon(log, 'goes on')
    attempt(log, () => turn(loop))
    loop.close()
  },

  'KeyboardInterrupt of a handler leaves the loop'(log) {
    function handler() {
      log('handler')
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    loop.setExceptionHandler(handler)
    loop.callSoon(fail)
    loop.callSoon(log, 'next run')
    attempt(log, () => turn(loop))
    turn(loop)
    loop.close()
  },

  'errors such as CancelledError and GeneratorExit go to the handler when a callback raises them'(log) {
    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log('handler', context.exception))
    for (const error of [CancelledError, GeneratorExit, StopIteration, InvalidStateError]) {
      loop.callSoon(() => { throw new error() })
    }
    turn(loop)
    loop.close()
  },

  'a handler may schedule, stop the loop, and set another handler'(log) {
    const loop = newLoop()

    function first() {
      log('first handler')
      loop.setExceptionHandler(() => log('second handler'))
      loop.callSoon(fail)
      loop.callSoon(() => loop.stop())
    }

    loop.setExceptionHandler(first)
    loop.callSoon(fail)
    loop.runForever()
    log('stopped')
    loop.close()
  },

  'programs may report too, with keys of their own'(log) {
    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log(context.message, context.exception, context['colour']))
    loop.callExceptionHandler({ message: 'mine', colour: 'red' })
    loop.callExceptionHandler({ message: 'mine', exception: new ValueError('mine') })
    loop.callSoon(() => loop.callExceptionHandler({ message: 'in a callback' }))
    turn(loop)
    loop.close()
  },

  'a handler may pass a report on to the default one'(log) {
    const loop = new Loop(log)
    loop.setExceptionHandler((_loop, context) => {
      log('handler')
      loop.defaultExceptionHandler(context)
    })
    loop.callSoon(fail)
    turn(loop)
    loop.close()
  },

  'a handler sees the context variables of the callback that failed'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function callback() {
      variable.set('set by the callback')
      throw new ValueError('mine')
    }

    function body() {
      variable.set('set before')
      loop.callSoon(fail)
      loop.callSoon(callback)
    }

    const loop = newLoop()
    loop.setExceptionHandler(() => log('handler sees', variable.get()))
    copyContext().run(body)
    turn(loop)
    loop.close()
  },

  'a handler sees the context variables of the task that a report is about'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function* main(): Coroutine<void> {
      variable.set('set by the task')
    }

    const loop = newLoop()
    loop.setExceptionHandler(() => log('handler sees', variable.get()))
    const task = loop.createTask(main())
    loop.runUntilComplete(task)
    loop.callExceptionHandler({ message: 'mine', task })
    loop.callExceptionHandler({ message: 'mine', future: task })
    loop.callExceptionHandler({ message: 'mine' })
    loop.close()
  },

  'the error of one done callback does not keep the others from being called'(log) {
    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log('handler', context.exception, Object.keys(context).sort()))
    const future = loop.createFuture()
    future.addDoneCallback(() => log('first'))
    future.addDoneCallback(() => fail())
    future.addDoneCallback(() => log('last'))
    future.setResult(null)
    turn(loop)
    log(future.result())
    loop.close()
  },
}
