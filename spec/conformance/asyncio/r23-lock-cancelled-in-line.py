"""R23, cancelled: a task that is cancelled in line leaves it; if the lock was given to it already, the next one
gets it.
"""
from asyncio import CancelledError, Lock, create_task, current_task, gather, sleep, wait, wait_for

from crew import hold, line_up, start, turns
from programs import program, table
from virtual import run
from witness import message, outcome, ticker


@program('a task cancelled in line leaves it, and the lock stays held')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        log(a.cancel())
        await turns(3)
        log(lock.locked(), b.done())
        lock.release()
        await b

    run(main())


@program('a task cancelled before its start never stands in line')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = create_task(hold(log, 'a', lock, 10))
        b = start(log, 'b', lock.acquire())
        a.cancel()
        await sleep(0)
        lock.release()
        await b
        log(a.cancelled())

    run(main())


@table({
    'cancelled before the release: the next one gets the lock after the first has left': dict(cancelled_first=True),
    'cancelled after the release: the woken task passes the lock on': dict(cancelled_first=False),
})
def _(log, cancelled_first):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        if cancelled_first:
            a.cancel()
        lock.release()
        if not cancelled_first:
            a.cancel()
        await wait([a, b])
        log(lock.locked())

    run(main())


@program('woken and cancelled with nobody behind: the lock is free')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        lock.release()
        a.cancel()
        await a
        log(lock.locked())
        ticker(log, 1)
        log(await lock.acquire())
        await sleep(0)

    run(main())


@program('when all in line are cancelled, a newcomer in the same step gets it at once')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        tasks = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        for task in tasks:
            task.cancel()
        lock.release()
        log('main', await lock.acquire())
        await wait(tasks)
        log(lock.locked())

    run(main())


@program('one task left in line is enough to make a newcomer wait')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        a.cancel()
        lock.release()
        newcomer = start(log, 'newcomer', lock.acquire())
        await b
        log(a.done(), newcomer.done())
        lock.release()
        await newcomer

    run(main())


@program('asking in the step of the release goes behind the one left in line')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        a.cancel()
        lock.release()
        await outcome(log, 'main', wait_for(lock.acquire(), 10))
        log(a.done(), b.done())

    run(main())


@program('a woken task that is cancelled still keeps newcomers out')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        lock.release()
        a.cancel()
        ticker(log, 3)
        log('main', await lock.acquire())
        log(a.done())

    run(main())


@program('when several in line are cancelled, the others keep their order')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        tasks = line_up(log, lock.acquire, 'a', 'b', 'c', 'd', 'e')
        await sleep(0)
        tasks[1].cancel()
        tasks[3].cancel()
        for _ in range(3):
            lock.release()
            await turns(3)
        log(lock.locked())

    run(main())


@program('when one after the other is woken and cancelled, the last one gets it')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        tasks = line_up(log, lock.acquire, 'a', 'b', 'c')
        await sleep(0)
        lock.release()
        for task in tasks[:2]:
            task.cancel()
            await sleep(0)
            log(lock.locked())
        await wait(tasks)
        log(lock.locked())

    run(main())


@program('two in line are cancelled, one before and one after the release')
def _(log):
    async def main():
        for first, second in [(0, 1), (1, 0)]:
            lock = Lock()
            await lock.acquire()
            tasks = line_up(log, lock.acquire, 'a', 'b', 'c')
            await sleep(0)
            tasks[first].cancel()
            lock.release()
            tasks[second].cancel()
            await wait(tasks)
            log(lock.locked())

    run(main())


@program('the message of the cancellation arrives')
def _(log):
    async def waiter(name, lock):
        try:
            await lock.acquire()
        except CancelledError as error:
            log(name, message(error))

    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = [create_task(waiter(name, lock)) for name in 'ab']
        await sleep(0)
        b.cancel('in line')
        lock.release()
        a.cancel('woken')
        await wait([a, b])
        log(lock.locked())

    run(main())


@program('a task that swallows its cancellation may ask again, from the end of the line')
def _(log):
    async def stubborn(lock):
        await outcome(log, 'first', lock.acquire())
        log(current_task().cancelling(), current_task().uncancel())
        await outcome(log, 'second', lock.acquire())

    async def main():
        lock = Lock()
        await lock.acquire()
        a = create_task(stubborn(lock))
        b = start(log, 'b', lock.acquire())
        await sleep(0)
        a.cancel()
        await sleep(0)
        lock.release()
        await b
        lock.release()
        await a

    run(main())


@program('cancelling a gather() takes all its children out of the line')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        both = gather(outcome(log, 'a', lock.acquire()), outcome(log, 'b', lock.acquire()))
        c = start(log, 'c', lock.acquire())
        await sleep(0)
        lock.release()
        both.cancel()
        await c
        log(lock.locked())
        await outcome(log, 'both', both)

    run(main())
