"""R7: A future is pending until it gets a result, an error or a cancellation, once. What it answers depends on its
state.
"""
import asyncio

from probes import attempt, turn
from programs import program
from virtual import new_loop, run
from witness import message


def states(loop):
    """A future in each state."""
    pending, finished, failed, cancelled = (loop.create_future() for _ in range(4))
    finished.set_result('result')
    failed.set_exception(ValueError('mine'))
    cancelled.cancel()
    failed.exception()
    return pending, finished, failed, cancelled


@program('result and exception in each state')
def _(log):
    loop = new_loop()
    for future in states(loop):
        attempt(log, future.result)
        attempt(log, future.exception)
    loop.close()


@program('done and cancelled in each state')
def _(log):
    loop = new_loop()
    for future in states(loop):
        log(future.done(), future.cancelled())
    loop.close()


@program('set_result works once, and never on a done future')
def _(log):
    loop = new_loop()
    for future in states(loop):
        attempt(log, lambda: future.set_result('new'))
        attempt(log, future.result)
    loop.close()


@program('set_exception works once, and never on a done future')
def _(log):
    loop = new_loop()
    for future in states(loop):
        attempt(log, lambda: future.set_exception(AttributeError('new')))
        attempt(log, future.result)
    loop.close()


@program('cancel works once, and never on a done future')
def _(log):
    loop = new_loop()
    for future in states(loop):
        log(future.cancel(), future.cancel(), future.cancelled())
        attempt(log, future.result)
    loop.close()


@program('the error of a future is the object that was set, however often it is asked for')
def _(log):
    loop = new_loop()
    future, mine = loop.create_future(), ValueError('mine')
    future.set_exception(mine)
    log(future.exception() is mine, future.exception() is mine)
    for _ in range(2):
        try:
            future.result()
        except ValueError as error:
            log(error is mine)
    loop.close()


@program('a class of errors stands for a new error')
def _(log):
    class Mine(Exception):
        pass

    loop = new_loop()
    first, second = loop.create_future(), loop.create_future()
    for future in (first, second):
        future.set_exception(Mine)
    log(first.exception(), isinstance(first.exception(), Mine), first.exception() is second.exception())
    attempt(log, first.result)
    loop.close()


@program('a class of errors whose constructor fails leaves the future pending')
def _(log):
    class Mine(Exception):
        def __init__(self):
            raise AttributeError('no')

    loop = new_loop()
    future = loop.create_future()
    attempt(log, lambda: future.set_exception(Mine))
    log(future.done())
    loop.close()


@program('StopIteration cannot be the error of a future, and becomes the cause of one')
def _(log):
    loop = new_loop()
    mine = StopIteration(5)
    for stop in (mine, StopIteration):
        future = loop.create_future()
        future.set_exception(stop)
        error = future.exception()
        log(error, str(error))
        log(error.__cause__, error.__cause__ is mine, error.__cause__.value)
    loop.close()


@program('what is not an error cannot be set as one, and the future stays pending')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    for nothing in (None, 42, 'text', log, object):
        attempt(log, lambda: future.set_exception(nothing))
    log(future.done())
    future.set_result('result')
    attempt(log, lambda: future.set_exception(42))
    loop.close()


@program('any value may be a result, even none, an error, or a future')
def _(log):
    loop = new_loop()
    other = loop.create_future()
    for value in (None, False, 0, '', [], ValueError('mine'), StopIteration(5), other, ValueError):
        future = loop.create_future()
        future.set_result(value)
        log(future.result() is value, future.exception())
    loop.close()


@program('a cancellation has a message, which each of its errors carries')
def _(log):
    loop = new_loop()
    future, silent = loop.create_future(), loop.create_future()
    future.cancel('mine')
    future.cancel('too late')
    silent.cancel()
    for action in (future.result, future.exception, future.result, silent.result, silent.exception):
        try:
            action()
        except asyncio.CancelledError as error:
            log(error, message(error))
    loop.close()


@program('a cancelled future raises a new error each time it is asked')
def _(log):
    errors = []
    loop = new_loop()
    future = loop.create_future()
    future.cancel()
    for _ in range(3):
        try:
            future.result()
        except asyncio.CancelledError as error:
            errors.append(error)
    log(errors[0] is errors[1], errors[1] is errors[2])
    loop.close()


@program('setting a CancelledError as the error does not cancel')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.set_exception(asyncio.CancelledError('mine'))
    log(future.done(), future.cancelled(), future.exception())
    attempt(log, future.result)
    log(future.cancel())
    loop.close()


@program('KeyboardInterrupt and GeneratorExit can be set too, and stay in the future')
def _(log):
    loop = new_loop()
    for error in (KeyboardInterrupt, GeneratorExit, asyncio.InvalidStateError('mine')):
        future = loop.create_future()
        future.set_exception(error)
        log(future.exception())
        attempt(log, future.result)
    turn(loop)
    loop.close()


@program('a future belongs to the loop that it is given, or to the running one')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        log(asyncio.Future().get_loop() is loop, loop.create_future().get_loop() is loop)
        log(asyncio.Future(loop=other).get_loop() is other)

    other = new_loop()
    run(main())
    log(asyncio.Future(loop=other).get_loop() is other)
    attempt(log, asyncio.Future)
    other.close()


@program('futures can be subclassed')
def _(log):
    class Mine(asyncio.Future):
        def set_result(self, result):
            log('set_result', result)
            super().set_result(result + 1)

    async def main():
        future = Mine()
        asyncio.get_running_loop().call_soon(future.set_result, 5)
        log(isinstance(future, asyncio.Future), await future)

    run(main())


@program('a task answers like a future')
def _(log):
    async def main(error=None):
        await asyncio.sleep(1)
        if error:
            raise error
        return 'result'

    loop = new_loop()
    tasks = [loop.create_task(main()), loop.create_task(main(ValueError('mine'))), loop.create_task(main())]
    for task in tasks:
        log(task.done(), task.cancelled())
        attempt(log, task.result)
        attempt(log, task.exception)
    tasks[2].cancel('message')
    loop.call_later(2, loop.stop)
    loop.run_forever()
    for task in tasks:
        log(task.done(), task.cancelled(), task.cancel())
        attempt(log, task.result)
        attempt(log, task.exception)
    loop.close()
