"""R1: In each turn the loop waits for the next timer if nothing is ready, then runs what is ready. What is added
meanwhile waits for the next turn.
"""
from probes import attempt, ticker, turn
from programs import program
from virtual import new_loop


@program('a turn runs what was ready when it began; what that adds waits for the next turn')
def _(log):
    loop = new_loop()

    def chain(n):
        log('link', n)
        loop.call_soon(chain, n + 1)

    loop.call_soon(chain, 0)
    for n in range(3):
        log('turn', n)
        turn(loop)
    loop.close()


@program('timers that are due queue behind what is ready already')
def _(log):
    loop = new_loop()
    loop.call_at(-5, log, 'timer, long overdue')
    loop.call_soon(log, 'ready')
    turn(loop)
    loop.close()


@program('a timer that is due at once still waits for the next turn')
def _(log):
    loop = new_loop()
    loop.call_soon(loop.call_at, -1, log, 'timer')
    loop.call_soon(log, 'ready')
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()


@program('with nothing ready, the loop waits for the first deadline and no longer')
def _(log):
    loop = new_loop()
    for delay in (30, 10, 20):
        loop.call_later(delay, lambda delay=delay: log(delay, 'at', loop.time()))
    loop.call_later(40, loop.stop)
    loop.run_forever()
    log('end at', loop.time())
    loop.close()


@program('while something is ready, no time passes')
def _(log):
    loop = new_loop()
    loop.call_later(1, lambda: (log('timer at', loop.time()), loop.stop()))
    ticker(loop, log, 5)
    loop.run_forever()
    loop.close()


@program('a stopped loop does not wait, but runs the timers that are due')
def _(log):
    loop = new_loop()
    loop.call_later(0, log, 'due')
    loop.call_later(1, log, 'not due')
    turn(loop)
    log('time', loop.time())
    loop.close()


@program('the loop does not wait for a cancelled timer')
def _(log):
    loop = new_loop()
    loop.call_later(5, log, 'cancelled').cancel()
    loop.call_later(10, lambda: (log('time', loop.time()), loop.stop()))
    loop.call_later(20, log, 'cancelled').cancel()
    loop.run_forever()
    loop.close()


@program('with nothing ready and no timer left, nothing can wake the loop')
def _(log):
    loop = new_loop()
    loop.call_later(5, log, 'cancelled').cancel()
    loop.call_soon(log, 'ready')
    attempt(log, loop.run_forever)
    log('time', loop.time())
    loop.close()


@program('timers with the same deadline fire in one turn, and what they add comes after')
def _(log):
    loop = new_loop()

    def first():
        log('first')
        loop.call_soon(log, 'added')
        loop.call_at(10, log, 'timer added')

    loop.call_later(10, first)
    loop.call_later(10, log, 'second')
    loop.call_later(10, loop.call_soon, loop.stop)
    loop.run_forever()
    loop.close()


@program('deadlines that differ by a rounding error are due in the same turn')
def _(log):
    loop = new_loop()
    loop.call_at(0.1 + 0.2, log, 'sum')
    loop.call_at(0.3, lambda: (log('number'), loop.call_soon(log, 'next turn'), loop.stop()))
    loop.run_forever()
    log('stopped')
    loop.close()


@program('a timer that is ready may still be cancelled in the same turn')
def _(log):
    loop = new_loop()
    loop.call_later(1, lambda: (log('first'), second.cancel()))
    second = loop.call_later(1, log, 'second')
    loop.call_later(1, loop.stop)
    loop.run_forever()
    log(second.cancelled())
    loop.close()


@program('when most of many timers are cancelled, the others fire in order')
def _(log):
    loop = new_loop()
    timers = [loop.call_later((n * 7) % 300, log, (n * 7) % 300) for n in range(300)]
    for n, timer in enumerate(timers):
        if n % 50 != 0:
            timer.cancel()
    loop.call_later(400, loop.stop)
    loop.run_forever()
    log('end at', loop.time())
    loop.close()


@program('delays count from the time of the call, not from the start of the previous turn')
def _(log):
    loop = new_loop()

    def again(n):
        log(n, 'at', loop.time())
        if n < 3:
            loop.call_later(10, again, n + 1)
        else:
            loop.stop()

    loop.call_later(5, again, 0)
    loop.run_forever()
    loop.close()
