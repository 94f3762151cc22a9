"""What programs do to a loop, logged the same in both languages."""
from programs import show


def attempt(log, action):
    """Log what an action gives, or raises."""
    try:
        log('returned', action())
    except BaseException as error:
        log('raised', error)


def turn(loop):
    """One turn of a loop, which does not wait."""
    loop.stop()
    loop.run_forever()


def ticker(loop, log, count):
    """Log the number of each turn: 0, 1, 2..."""
    def tick(n):
        log(n)
        if n + 1 < count:
            loop.call_soon(tick, n + 1)
    loop.call_soon(tick, 0)


def reports(loop, log):
    """Log what the exception handler is told: the error, and what else it comes with."""
    def handler(loop, context):
        log('report:', *(key for key in sorted(context) if key != 'message'), '=', show(context.get('exception')))
    loop.set_exception_handler(handler)
