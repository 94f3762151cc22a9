"""R13: A cancellation is delivered where the task really waits. The task may handle it, clean up, or end
differently.
"""
from asyncio import CancelledError, create_task, current_task as self, get_running_loop, sleep, wait

from errors import Boom
from programs import program
from virtual import run
from witness import message, outcome


@program('it is not delivered at a done future, but at the next real wait')
def _(log):
    async def child():
        future = get_running_loop().create_future()
        future.set_result('there already')
        self().cancel()
        log(await future)
        await outcome(log, 'sleep', sleep(0))

    run(child())


@program('a task that cancels itself and returns is cancelled')
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


@program('a task that cancels itself and fails has failed')
def _(log):
    async def child():
        self().cancel()
        raise Boom

    async def main():
        task = create_task(child())
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling())

    run(main())


@program('a task that raises CancelledError is cancelled, though nobody asked for it')
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


@program('a subclass of CancelledError counts too')
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


@program('a task that catches the error continues and has a result; the request stays counted')
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


@program('a task that caught the error can be cancelled again')
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


@program('an error raised instead of the cancellation is the outcome of the task')
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


@program('nested coroutines get the error from the inside out')
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


@program('a task that swallows the cancellation may wait in the handler and in finally')
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
