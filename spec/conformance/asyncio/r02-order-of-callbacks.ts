/** R2: `callSoon()` is strictly first in, first out; cancelled callbacks are skipped; timers fire by deadline. */
import { ContextVar, type Handle, copyContext } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

export const programs: Programs = {
  'callbacks run in the order in which they were scheduled, and what they schedule comes after'(log) {
    const loop = newLoop()
    loop.callSoon(() => {
      log('a')
      loop.callSoon(log, 'c')
    })
    loop.callSoon(log, 'b')
    loop.callLater(1, () => { loop.stop() })
    loop.runForever()
    log(loop.time())
    loop.close()
  },

  'a cancelled callback is skipped, and the others keep their order'(log) {
    const loop = newLoop()
    const handles = [0, 1, 2, 3].map(n => loop.callSoon(log, n))
    handles[1]?.cancel()
    turn(loop)
    log(handles.map(handle => handle.cancelled()))
    loop.close()
  },

  'a callback may cancel another one of the same turn'(log) {
    const loop = newLoop()
    loop.callSoon(() => { log('first'); victim.cancel() })
    const victim: Handle = loop.callSoon(log, 'victim')
    loop.callSoon(log, 'last')
    turn(loop)
    loop.close()
  },

  'cancelling twice, or after the call, does no harm'(log) {
    const loop = newLoop()
    const [called, cancelled] = [loop.callSoon(log, 'called'), loop.callSoon(log, 'cancelled')]
    const [timer, late] = [loop.callLater(0, log, 'timer'), loop.callLater(0, log, 'late')]
    for (const handle of [cancelled, cancelled, late, late]) {
      handle.cancel()
    }
    turn(loop)
    log(called.cancelled(), timer.cancelled())
    for (const handle of [called, timer]) {
      log(handle.cancel(), handle.cancelled())
    }
    loop.callLater(3, () => loop.stop())
    loop.runForever()
    log('time', loop.time())
    loop.close()
  },

  'a callback that cancels itself changes nothing'(log) {
    const loop = newLoop()

    function callback() {
      handle.cancel()
      log('goes on', handle.cancelled())
    }

    const handle = loop.callSoon(callback)
    turn(loop)
    loop.close()
  },

  'a function scheduled twice is called twice, and each call can be cancelled'(log) {
    const loop = newLoop()
    loop.callSoon(log, 'x')
    const second = loop.callSoon(log, 'x')
    loop.callSoon(log, 'x')
    second.cancel()
    turn(loop)
    loop.close()
  },

  'timers fire by deadline, whatever the order in which they were set'(log) {
    const loop = newLoop()
    for (const delay of [5, 3, 9, 1, 7, 3, 1]) {
      loop.callLater(delay, log, delay)
    }
    loop.callLater(10, () => loop.stop())
    loop.runForever()
    loop.close()
  },

  'a negative delay is a deadline in the past, which comes before those of now'(log) {
    const loop = newLoop()
    loop.callLater(0, log, 'now')
    log(loop.callLater(-3, log, 'earlier').when())
    loop.callLater(-5, log, 'earlier still')
    loop.callSoon(log, 'ready')
    turn(loop)
    log('time', loop.time())
    loop.close()
  },

  'call_at with a time in the past fires in the next turn, and time does not go back'(log) {
    const loop = newLoop()

    function later() {
      loop.callAt(2, () => log('set for 2, at', loop.time()))
      loop.callAt(1, () => log('set for 1, at', loop.time()))
      loop.callAt(10, () => log('set for 10, at', loop.time()))
      loop.callSoon(log, 'ready')
      loop.callLater(1, () => loop.stop())
    }

    loop.callLater(10, later)
    loop.runForever()
    log('time', loop.time())
    loop.close()
  },

  'a delay of zero still comes after what is ready'(log) {
    const loop = newLoop()
    loop.callLater(0, log, 'timer')
    loop.callSoon(log, 'ready')
    turn(loop)
    loop.close()
  },

  'a delay or deadline is required'(log) {
    const loop = newLoop()
    attempt(log, () => loop.callLater(null as never, log, 'never'))
    attempt(log, () => loop.callAt(null as never, log, 'never'))
    attempt(log, () => turn(loop))
    loop.close()
  },

  'arguments are passed on as they are'(log) {
    const loop = newLoop()
    const things = [1, 2]
    loop.callSoon((...args: unknown[]) => log(args.length, args[0] === things), things)
    loop.callLater(0, (...args: unknown[]) => log(args.length, ...args), null, false, '', 0)
    loop.callAt(0, (...args: unknown[]) => log(args.length))
    turn(loop)
    loop.close()
  },

  'a timer knows its deadline, even when it is cancelled or has fired'(log) {
    const loop = newLoop()
    const [fired, cancelled] = [loop.callLater(2, log, 'fired'), loop.callAt(7, log, 'cancelled')]
    cancelled.cancel()
    loop.callLater(3, () => log('set at 3 for', loop.callLater(4, () => loop.stop()).when()))
    loop.runForever()
    log(fired.when(), cancelled.when())
    loop.close()
  },

  'call_soon_threadsafe takes its place in the queue'(log) {
    const loop = newLoop()
    loop.callSoon(log, 1)
    const handle = loop.callSoonThreadsafe(log, 2)
    loop.callSoon(log, 3)
    loop.callSoonThreadsafe(log, 'cancelled').cancel()
    turn(loop)
    log(handle.cancelled())
    loop.close()
  },

  'a callback sees the context variables as they were when it was scheduled'(log) {
    const loop = newLoop()
    const variable = new ContextVar('variable', { default: 'none' })

    function look(name: string) {
      log(name, variable.get())
    }

    function body() {
      loop.callSoon(look, 'soon')
      variable.set('first')
      loop.callSoon(look, 'soon')
      loop.callLater(1, look, 'timer')
      variable.set('second')
      loop.callLater(2, () => loop.stop())
      loop.runForever()
      look('outside')
    }

    copyContext().run(body)
    look('at the end')
    loop.close()
  },

  'what a callback sets is seen by what it schedules, and by nobody else'(log) {
    const loop = newLoop()
    const variable = new ContextVar('variable', { default: 'none' })

    function look(name: string) {
      log(name, variable.get())
    }

    function change() {
      variable.set('changed')
      loop.callSoon(look, 'scheduled by it')
    }

    loop.callSoon(change)
    loop.callSoon(look, 'next to it')
    turn(loop)
    look('outside')
    turn(loop)
    loop.close()
  },

  'callbacks that are given a context share it'(log) {
    const loop = newLoop()
    const variable = new ContextVar('variable', { default: 'none' })
    const context = copyContext()
    const inContext = loop.withContext(context)
    inContext.callSoon(() => variable.set('soon'))
    inContext.callSoon(() => log('sees', variable.get()))
    loop.callSoon(() => log('without it sees', variable.get()))
    inContext.callLater(1, () => log('timer sees', variable.get()))
    inContext.callAt(1, () => variable.set('timer'))
    loop.callLater(2, () => loop.stop())
    loop.runForever()
    log('context has', context.get(variable), 'here it is', variable.get())
    loop.close()
  },
}
