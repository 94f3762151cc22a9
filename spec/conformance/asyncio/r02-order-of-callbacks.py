"""R2: `callSoon()` is strictly first in, first out; cancelled callbacks are skipped; timers fire by deadline."""
from contextvars import ContextVar, copy_context

from probes import attempt, turn
from programs import program
from virtual import new_loop


@program('callbacks run in the order in which they were scheduled, and what they schedule comes after')
def _(log):
    loop = new_loop()

    def a():
        log('a')
        loop.call_soon(log, 'c')

    loop.call_soon(a)
    loop.call_soon(log, 'b')
    loop.call_later(1, loop.stop)
    loop.run_forever()
    log(loop.time())
    loop.close()


@program('a cancelled callback is skipped, and the others keep their order')
def _(log):
    loop = new_loop()
    handles = [loop.call_soon(log, n) for n in range(4)]
    handles[1].cancel()
    turn(loop)
    log([handle.cancelled() for handle in handles])
    loop.close()


@program('a callback may cancel another one of the same turn')
def _(log):
    loop = new_loop()
    loop.call_soon(lambda: (log('first'), victim.cancel()))
    victim = loop.call_soon(log, 'victim')
    loop.call_soon(log, 'last')
    turn(loop)
    loop.close()


@program('cancelling twice, or after the call, does no harm')
def _(log):
    loop = new_loop()
    called, cancelled = loop.call_soon(log, 'called'), loop.call_soon(log, 'cancelled')
    timer, late = loop.call_later(0, log, 'timer'), loop.call_later(0, log, 'late')
    for handle in (cancelled, cancelled, late, late):
        handle.cancel()
    turn(loop)
    log(called.cancelled(), timer.cancelled())
    for handle in (called, timer):
        log(handle.cancel(), handle.cancelled())
    loop.call_later(3, loop.stop)
    loop.run_forever()
    log('time', loop.time())
    loop.close()


@program('a callback that cancels itself changes nothing')
def _(log):
    loop = new_loop()

    def callback():
        handle.cancel()
        log('goes on', handle.cancelled())

    handle = loop.call_soon(callback)
    turn(loop)
    loop.close()


@program('a function scheduled twice is called twice, and each call can be cancelled')
def _(log):
    loop = new_loop()
    loop.call_soon(log, 'x')
    second = loop.call_soon(log, 'x')
    loop.call_soon(log, 'x')
    second.cancel()
    turn(loop)
    loop.close()


@program('timers fire by deadline, whatever the order in which they were set')
def _(log):
    loop = new_loop()
    for delay in (5, 3, 9, 1, 7, 3, 1):
        loop.call_later(delay, log, delay)
    loop.call_later(10, loop.stop)
    loop.run_forever()
    loop.close()


@program('a negative delay is a deadline in the past, which comes before those of now')
def _(log):
    loop = new_loop()
    loop.call_later(0, log, 'now')
    log(loop.call_later(-3, log, 'earlier').when())
    loop.call_later(-5, log, 'earlier still')
    loop.call_soon(log, 'ready')
    turn(loop)
    log('time', loop.time())
    loop.close()


@program('call_at with a time in the past fires in the next turn, and time does not go back')
def _(log):
    loop = new_loop()

    def later():
        loop.call_at(2, lambda: log('set for 2, at', loop.time()))
        loop.call_at(1, lambda: log('set for 1, at', loop.time()))
        loop.call_at(10, lambda: log('set for 10, at', loop.time()))
        loop.call_soon(log, 'ready')
        loop.call_later(1, loop.stop)

    loop.call_later(10, later)
    loop.run_forever()
    log('time', loop.time())
    loop.close()


@program('a delay of zero still comes after what is ready')
def _(log):
    loop = new_loop()
    loop.call_later(0, log, 'timer')
    loop.call_soon(log, 'ready')
    turn(loop)
    loop.close()


@program('a delay or deadline is required')
def _(log):
    loop = new_loop()
    attempt(log, lambda: loop.call_later(None, log, 'never'))
    attempt(log, lambda: loop.call_at(None, log, 'never'))
    attempt(log, lambda: turn(loop))
    loop.close()


@program('arguments are passed on as they are')
def _(log):
    loop = new_loop()
    things = [1, 2]
    loop.call_soon(lambda *args: log(len(args), args[0] is things), things)
    loop.call_later(0, lambda *args: log(len(args), *args), None, False, '', 0)
    loop.call_at(0, lambda *args: log(len(args)))
    turn(loop)
    loop.close()


@program('a timer knows its deadline, even when it is cancelled or has fired')
def _(log):
    loop = new_loop()
    fired, cancelled = loop.call_later(2, log, 'fired'), loop.call_at(7, log, 'cancelled')
    cancelled.cancel()
    loop.call_later(3, lambda: log('set at 3 for', loop.call_later(4, loop.stop).when()))
    loop.run_forever()
    log(fired.when(), cancelled.when())
    loop.close()


@program('call_soon_threadsafe takes its place in the queue')
def _(log):
    loop = new_loop()
    loop.call_soon(log, 1)
    handle = loop.call_soon_threadsafe(log, 2)
    loop.call_soon(log, 3)
    loop.call_soon_threadsafe(log, 'cancelled').cancel()
    turn(loop)
    log(handle.cancelled())
    loop.close()


@program('a callback sees the context variables as they were when it was scheduled')
def _(log):
    loop = new_loop()
    variable = ContextVar('variable', default='none')

    def look(name):
        log(name, variable.get())

    def body():
        loop.call_soon(look, 'soon')
        variable.set('first')
        loop.call_soon(look, 'soon')
        loop.call_later(1, look, 'timer')
        variable.set('second')
        loop.call_later(2, loop.stop)
        loop.run_forever()
        look('outside')

    copy_context().run(body)
    look('at the end')
    loop.close()


@program('what a callback sets is seen by what it schedules, and by nobody else')
def _(log):
    loop = new_loop()
    variable = ContextVar('variable', default='none')

    def look(name):
        log(name, variable.get())

    def change():
        variable.set('changed')
        loop.call_soon(look, 'scheduled by it')

    loop.call_soon(change)
    loop.call_soon(look, 'next to it')
    turn(loop)
    look('outside')
    turn(loop)
    loop.close()


@program('callbacks that are given a context share it')
def _(log):
    loop = new_loop()
    variable = ContextVar('variable', default='none')
    context = copy_context()
    loop.call_soon(variable.set, 'soon', context=context)
    loop.call_soon(lambda: log('sees', variable.get()), context=context)
    loop.call_soon(lambda: log('without it sees', variable.get()))
    loop.call_later(1, lambda: log('timer sees', variable.get()), context=context)
    loop.call_at(1, variable.set, 'timer', context=context)
    loop.call_later(2, loop.stop)
    loop.run_forever()
    log('context has', context[variable], 'here it is', variable.get())
    loop.close()
