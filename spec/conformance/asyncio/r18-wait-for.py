"""R18: At its deadline `waitFor()` cancels what it waits for, and then raises TimeoutError (asyncio since Python
3.12).
"""
from asyncio import CancelledError, create_task, current_task, gather, get_running_loop, shield, sleep, wait_for

from errors import Boom
from programs import program
from virtual import run
from witness import message, outcome


@program('in time, it gives the result')
def _(log):
    async def main():
        log(await wait_for(sleep(5, 'slept'), 10))
        await sleep(20)
        log(get_running_loop().time())

    run(main())


@program('in time, it raises the error')
def _(log):
    async def fail():
        raise Boom

    async def main():
        await outcome(log, 'fail', wait_for(fail(), 10))

    run(main())


@program('too late, it cancels the coroutine and then raises TimeoutError')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))

    async def main():
        await outcome(log, 'waitFor', wait_for(sleep(100), 10))
        await outcome(log, 'waitFor', wait_for(child(), 10))
        log(get_running_loop().time(), current_task().cancelling())

    run(main())


@program('null is no limit')
def _(log):
    async def main():
        log(await wait_for(sleep(1000, 'slept'), None))
        log(get_running_loop().time())

    run(main())


@program('a coroutine runs in the waiting task')
def _(log):
    async def child():
        return current_task().get_name()

    async def main():
        current_task().set_name('main')
        log(await wait_for(child(), 10))
        log(await wait_for(child(), None))

    run(main())


@program('with a timeout of zero, a coroutine never begins')
def _(log):
    async def child():
        log('never here')

    async def main():
        await outcome(log, 'zero', wait_for(child(), 0))
        await outcome(log, 'less', wait_for(child(), -1))
        log(get_running_loop().time())

    run(main())


@program('with a timeout of zero, what is done already gives its result or its error')
def _(log):
    async def main():
        loop = get_running_loop()
        done, failed, cancelled = loop.create_future(), loop.create_future(), loop.create_future()
        done.set_result('result')
        failed.set_exception(Boom)
        cancelled.cancel('no')
        await outcome(log, 'done', wait_for(done, 0))
        await outcome(log, 'failed', wait_for(failed, 0))
        await outcome(log, 'cancelled', wait_for(cancelled, 0))

    run(main())


@program('with a timeout of zero, it cancels a task and waits for its end')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await sleep(5)
            log('child is through')

    async def main():
        task = create_task(child())
        await sleep(1)
        await outcome(log, 'waitFor', wait_for(task, 0))
        log(task.cancelled(), get_running_loop().time())

    run(main())


@program('too late, it cancels a task and waits for its end')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await sleep(5)
            log('child is through')

    async def main():
        task = create_task(child())
        await outcome(log, 'waitFor', wait_for(task, 10))
        log(task.cancelled(), get_running_loop().time())

    run(main())


@program('too late, it cancels a future')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        await outcome(log, 'waitFor', wait_for(future, 10))
        log(future.cancelled())

    run(main())


@program('too late, a shielded task continues')
def _(log):
    async def main():
        task = create_task(sleep(20, 'slept'))
        await outcome(log, 'waitFor', wait_for(shield(task), 10))
        await outcome(log, 'task', task)

    run(main())


@program('a task that swallows the cancellation gives its result, however late')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        await sleep(5)
        return 'late'

    async def main():
        task = create_task(child())
        await outcome(log, 'waitFor', wait_for(task, 10))
        await outcome(log, 'coroutine', wait_for(child(), 10))
        other = create_task(child())
        await sleep(1)
        await outcome(log, 'without time', wait_for(other, 0))
        log(get_running_loop().time(), current_task().cancelling())

    run(main())


@program('it raises an error of the clean-up')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError:
            raise Boom

    async def main():
        await outcome(log, 'coroutine', wait_for(child(), 10))
        await outcome(log, 'task', wait_for(create_task(child()), 10))
        task = create_task(child())
        await sleep(1)
        await outcome(log, 'without time', wait_for(task, 0))

    run(main())


@program('cancelled from outside, it cancels what it waits for, and raises no TimeoutError')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log('child:', error, message(error))
            raise

    async def main():
        inner = create_task(child())
        task = create_task(wait_for(inner, 50))
        await sleep(5)
        task.cancel('from outside')
        try:
            await task
        except CancelledError as error:
            log('main:', error, message(error))
        log(inner.cancelled(), get_running_loop().time())

    run(main())


@program('cancelled from outside in the turn of the result, it is cancelled')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        task = create_task(wait_for(future, 50))
        await sleep(5)
        future.set_result('lost')
        task.cancel()
        await outcome(log, 'task', task)

    run(main())


@program('cancelled from outside after the deadline, it is cancelled and raises no TimeoutError')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await sleep(10)

    async def main():
        task = create_task(wait_for(child(), 5))
        await sleep(8)
        task.cancel()
        await outcome(log, 'task', task)
        log(get_running_loop().time())

    run(main())


@program('cancelled from outside while it waits with a timeout of zero, it leaves the task alone')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await sleep(10)
            log('child is through')

    async def main():
        inner = create_task(child())
        await sleep(1)
        task = create_task(wait_for(inner, 0))
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(inner.done(), inner.cancelling())
        await sleep(20)
        log(inner.cancelled())

    run(main())


@program('a CancelledError that nobody asked for passes as it is')
def _(log):
    async def child():
        raise CancelledError('mine')

    async def main():
        task = create_task(sleep(100))
        get_running_loop().call_later(5, task.cancel, 'just the task')
        for awaitable in [wait_for(task, 50), wait_for(child(), 50)]:
            try:
                await awaitable
            except CancelledError as error:
                log(error, message(error))

    run(main())


@program('the shorter of two limits counts')
def _(log):
    async def main():
        await outcome(log, 'inner', wait_for(wait_for(sleep(100), 10), 20))
        log(get_running_loop().time())
        await outcome(log, 'outer', wait_for(outcome(log, 'inner', wait_for(sleep(100), 20)), 10))
        log(get_running_loop().time())

    run(main())


@program('at the moment of the deadline a result is too late')
def _(log):
    async def main():
        task = create_task(sleep(10, 'too late'))
        await sleep(0)
        await outcome(log, 'task', wait_for(task, 10))
        await outcome(log, 'coroutine', wait_for(sleep(10, 'too late'), 10))

    run(main())


@program('the TimeoutError knows its cause')
def _(log):
    async def main():
        for ms in [5, 0]:
            try:
                await wait_for(create_task(sleep(100)), ms)
            except TimeoutError as error:
                log(error, isinstance(error, TimeoutError), error.__cause__)

    run(main())


@program('a limit that is over does not affect what comes after')
def _(log):
    async def main():
        self = current_task()
        for i in range(3):
            await outcome(log, f'try {i}', wait_for(sleep(i * 8, 'slept'), 10))
        await sleep(50)
        log(self.cancelling(), get_running_loop().time())

    run(main())


@program('cancelled from outside and swallowed inside, it gives the result, and the request stays counted')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        return 'survived'

    async def main():
        task = create_task(wait_for(child(), 50))
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelling())

    run(main())


@program('too late, it cancels a gather() with all its children')
def _(log):
    async def child(name):
        await outcome(log, name, sleep(100))

    async def main():
        all = gather(child('a'), child('b'))
        await outcome(log, 'waitFor', wait_for(all, 10))
        log(all.done(), all.cancelled())
        await outcome(log, 'all', all)

    run(main())
