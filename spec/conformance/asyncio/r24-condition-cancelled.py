"""R24, `Condition.wait()` cancelled: it takes the lock before it raises the error, and a notification that it had
received goes to another waiter.
"""
from asyncio import (
    CancelledError, Condition, create_task, current_task, get_running_loop, sleep, timeout, wait, wait_for,
)

from conditions import notify, notify_all, wait_inside
from crew import hold, line_up, start, turns
from programs import program
from virtual import run
from witness import message, outcome, ticker


@program('cancelled while it waits, it takes the lock before it gets the error')
def _(log):
    async def waiter(condition):
        async with condition:
            try:
                await condition.wait()
            except CancelledError as error:
                log(error, message(error), condition.locked(), get_running_loop().time())
                raise

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(0)
        async with condition:
            task.cancel('no more')
            await sleep(10)
            log(task.done())
        await outcome(log, 'task', task)
        log(condition.locked())

    run(main())


@program('cancelled while the lock is free, it gets the error in its turn')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        ticker(log, 2)
        a.cancel()
        await a
        log(condition.locked())

    run(main())


@program('cancelled repeatedly while it takes the lock, it keeps trying, and gets the last error')
def _(log):
    async def waiter(condition):
        async with condition:
            try:
                await condition.wait()
            except CancelledError as error:
                log(error, message(error), condition.locked(), current_task().cancelling())

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(0)
        async with condition:
            for i in range(4):
                log(task.cancel(f'number {i}'))
                await turns(2)
            log(task.done())
        await task
        log(condition.locked())

    run(main())


@program('cancelled in each turn, it goes to the end of the line each time')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        await condition.acquire()
        a.cancel()
        await sleep(0)
        b = start(log, 'b', condition.acquire())
        await sleep(0)
        a.cancel()
        await sleep(0)
        condition.release()
        await b
        log(a.done())
        condition.release()
        await a

    run(main())


@program('cancelled just before it takes the lock again, it stands in line once more')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        async with condition:
            condition.notify()
            await sleep(0)
            b = start(log, 'b', hold(log, 'b', condition, 10))
            await sleep(0)
        a.cancel()
        ticker(log, 3)
        await wait([a, b])
        log(condition.locked(), get_running_loop().time())

    run(main())


@program('notified and cancelled in one step: another one is notified instead')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        async with condition:
            condition.notify()
            a.cancel()
        await wait([a, b])
        await turns(3)
        log(c.done())
        await notify(condition)
        await c

    run(main())


@program('notified, and cancelled on the way to the lock: another one is notified instead')
def _(log):
    async def main():
        condition = Condition()
        a, b = line_up(log, lambda: wait_inside(condition), 'a', 'b')
        await turns(2)
        async with condition:
            condition.notify()
            await turns(3)
            a.cancel()
            await turns(3)
            log(a.done(), b.done())
        await wait([a, b])
        log(condition.locked())

    run(main())


@program('cancelled and then notified: the next one gets it, and one more wakes in vain')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        async with condition:
            a.cancel()
            condition.notify()
        await wait([a, b, c])

    run(main())


@program('a cancelled waiter wakes another one in vain')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        a.cancel()
        await a
        await turns(3)
        log(b.done(), c.done())
        await notify(condition)
        await wait([b, c])

    run(main())


@program('a waiter with a predicate checks again, and is not misled')
def _(log):
    async def main():
        state = {'ready': False}
        condition = Condition()

        async def waiter():
            async with condition:
                return await condition.wait_for(lambda: state['ready'])

        a, b, c = line_up(log, waiter, 'a', 'b', 'c')
        await turns(2)
        a.cancel()
        await turns(5)
        log(a.done(), b.done(), c.done())
        async with condition:
            state['ready'] = True
            condition.notify_all()
        await wait([b, c])

    run(main())


@program('when all notified waiters are cancelled, the rest of the line is woken instead')
def _(log):
    async def main():
        condition = Condition()
        a, b, c, d, e = line_up(log, lambda: wait_inside(condition), *'abcde')
        await turns(2)
        async with condition:
            condition.notify(2)
            a.cancel()
            b.cancel()
        await wait([a, b, c, d])
        await turns(3)
        log(e.done())
        await notify_all(condition)
        await e

    run(main())


@program('notifyAll() after some were cancelled')
def _(log):
    async def main():
        condition = Condition()
        tasks = line_up(log, lambda: wait_inside(condition), *'abcd')
        await turns(2)
        tasks[0].cancel()
        tasks[2].cancel()
        await notify_all(condition)
        await wait(tasks)
        log(condition.locked())

    run(main())


@program('at the deadline the lock has to be taken first')
def _(log):
    async def waiter(condition):
        async with condition:
            await outcome(log, 'wait', wait_for(condition.wait(), 10))
            log(condition.locked(), get_running_loop().time())

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(5)
        async with condition:
            await sleep(20)
        await task

    run(main())


@program('a timeout around a condition, and the notification in the same turn')
def _(log):
    async def waiter(condition):
        async with timeout(10):
            await wait_inside(condition)

    async def main():
        loop = get_running_loop()
        condition = Condition()

        def notify_now():
            loop.create_task(notify(condition))

        loop.call_later(10, notify_now)
        a, b = start(log, 'a', waiter(condition)), start(log, 'b', wait_inside(condition))
        await wait([a, b])
        log(condition.locked(), loop.time())

    run(main())


@program('a waiter that swallows its cancellation holds the lock, and may wait again')
def _(log):
    async def stubborn(condition):
        async with condition:
            await outcome(log, 'first', condition.wait())
            log(condition.locked(), current_task().uncancel())
            await outcome(log, 'second', condition.wait())
        return 'done'

    async def main():
        condition = Condition()
        task = start(log, 'task', stubborn(condition))
        await sleep(0)
        task.cancel()
        await turns(3)
        log(condition.locked())
        await notify(condition)
        await task

    run(main())
