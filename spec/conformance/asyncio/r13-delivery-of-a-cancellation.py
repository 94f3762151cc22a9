"""R13: when a cancellation is delivered, and what a task may do about it."""
from asyncio import (
    CancelledError, create_task, current_task as self, eager_task_factory, get_running_loop, sleep, wait,
    wait_for,
)

from programs import program
from virtual import run
from witness import message, outcome


class Boom(Exception):
    pass


@program('it is not delivered where a future is done already, but at the next real wait')
def _(log):
    async def child():
        future = get_running_loop().create_future()
        future.set_result('there already')
        self().cancel()
        log(await future)
        await outcome(log, 'sleep', sleep(0))

    run(child())


@program('one that cancels itself and returns is cancelled')
def _(log):
    async def child():
        self().cancel('myself')
        return 'lost'

    async def main():
        task = create_task(child())
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelled())

    run(main())


@program('one that cancels itself and fails has failed')
def _(log):
    async def child():
        self().cancel()
        raise Boom

    async def main():
        task = create_task(child())
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling())

    run(main())


@program('who lets a CancelledError out is cancelled, though nobody asked for it')
def _(log):
    async def child():
        raise CancelledError('my own')

    async def main():
        task = create_task(child())
        await wait([task])
        log(task.cancelled(), task.cancelling())
        try:
            await task
        except CancelledError as error:
            log(error, message(error))

    run(main())


@program('a subclass of CancelledError counts as well')
def _(log):
    class Mine(CancelledError):
        pass

    async def child():
        raise Mine

    async def main():
        task = create_task(child())
        await outcome(log, 'task', task)
        log(task.cancelled())

    run(main())


@program('one that catches the error goes on, and has a result; the request stays counted')
def _(log):
    async def child():
        await outcome(log, 'first sleep', sleep(100))
        log('cancelling', self().cancelling())
        await outcome(log, 'second sleep', sleep(1))
        return 'result'

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling())

    run(main())


@program('one that caught the error can be cancelled again')
def _(log):
    async def child():
        for i in range(1, 4):
            await outcome(log, f'sleep {i}', sleep(10))

    async def main():
        task = create_task(child())
        for _ in range(2):
            await sleep(2)
            task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelling(), get_running_loop().time())

    run(main())


@program('uncancel() takes requests back one by one, and never below zero')
def _(log):
    async def child():
        await outcome(log, 'sleep', sleep(100))
        log(self().cancelling(), self().uncancel(), self().uncancel(), self().uncancel())

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        task.cancel()
        await task
        log(task.cancelling())

    run(main())


@program('uncancel() to zero drops a request that is not delivered yet')
def _(log):
    async def child():
        self().cancel()
        log(self().uncancel())
        await outcome(log, 'sleep', sleep(1))
        return 'result'

    async def main():
        await outcome(log, 'task', create_task(child()))

    run(main())


@program('with one request left, it is still delivered')
def _(log):
    async def child():
        self().cancel('first')
        self().cancel('second')
        log(self().uncancel())
        try:
            await sleep(1)
        except CancelledError as error:
            log(error, message(error))

    run(child())


@program('taken back before the return, the request leaves the result alone')
def _(log):
    async def child():
        self().cancel()
        self().uncancel()
        return 'result'

    async def main():
        await outcome(log, 'task', create_task(child()))

    run(main())


@program('uncancel() from outside does not stop an error that is on its way')
def _(log):
    async def main():
        task = create_task(sleep(100))
        await sleep(1)
        task.cancel()
        log(task.uncancel())
        await outcome(log, 'task', task)

    run(main())


@program('uncancel() before the start lets the task run after all')
def _(log):
    async def main():
        task = create_task(sleep(1, 'slept'))
        task.cancel()
        log(task.uncancel())
        await outcome(log, 'task', task)

    run(main())


@program('a finally block may wait before the task ends')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            log('cleaning up')
            await sleep(5)
            log('cleaned up')

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(get_running_loop().time(), task.cancelled())

    run(main())


@program('a second cancellation interrupts the finally block')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            log('cleaning up')
            await sleep(5)
            log('never here')

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel('first')
        await sleep(1)
        task.cancel('second')
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelling())

    run(main())


@program('an error in the place of the cancellation is what the task ends with')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log(error)
            raise Boom

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling())

    run(main())


@program('the coroutines that wait for each other hear of it from the inside out')
def _(log):
    async def level(n):
        try:
            if n == 0:
                await sleep(100)
            else:
                await level(n - 1)
        finally:
            log('leaving', n)

    async def main():
        task = create_task(level(3))
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)

    run(main())


@program('cancelled beforehand, a task takes along the future that it begins to wait for')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        self().cancel('taken along')
        try:
            await future
        except CancelledError as error:
            log(error, message(error), future.cancelled())

    run(main())


@program('cancelled beforehand, a task takes along a task that has not begun')
def _(log):
    async def child():
        log('never here')

    async def main():
        task = create_task(child())
        self().cancel()
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling(), self().cancelling())

    run(main())


@program('cancelled beforehand, a task interrupts a task that runs already')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        return 'survived'

    async def main():
        task = create_task(child())
        await sleep(1)
        self().cancel()
        await outcome(log, 'task', task)
        log(self().cancelling())

    run(main())


@program('an eager task that cancels itself and returns is cancelled at once')
def _(log):
    async def child():
        self().cancel()
        return 'lost'

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.done(), task.cancelled())
        await outcome(log, 'task', task)

    run(main())


@program('uncancel() in the handler, and the task is as new')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log(error, self().uncancel())
        return await wait_for(sleep(5, 'slept'), 10)

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelling())

    run(main())


@program('an eager task that cancels itself hears of it at its first wait')
def _(log):
    async def child():
        self().cancel('myself')
        try:
            await sleep(5)
        except CancelledError as error:
            log(error, message(error), get_running_loop().time())
        await sleep(1)
        return 'result'

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.done(), task.cancelling(), self().cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('who swallows the cancellation may wait in the handler and in finally')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError:
            await sleep(1)
        finally:
            await sleep(1)
        return get_running_loop().time()

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)

    run(main())
