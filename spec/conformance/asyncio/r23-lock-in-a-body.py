"""R23, in a body: the lock is released however the body ends, and a timeout takes a task out of the line."""
from asyncio import Lock, create_task, get_running_loop, sleep, timeout, wait, wait_for

from crew import hold, start
from errors import Boom
from programs import program
from virtual import run
from witness import outcome, ticker


@program('async with gives nothing, and releases the lock however its body ends')
def _(log):
    async def returns(lock):
        async with lock as value:
            log('value', value)
            return lock.locked()

    async def fails(lock):
        async with lock:
            raise Boom

    async def main():
        lock = Lock()
        await outcome(log, 'returns', returns(lock))
        log(lock.locked())
        await outcome(log, 'fails', fails(lock))
        log(lock.locked())
        sleeper = create_task(hold(log, 'sleeper', lock, 100))
        await sleep(0)
        sleeper.cancel()
        await outcome(log, 'sleeper', sleeper)
        log(lock.locked())

    run(main())


@program('cancelled while it waits to enter, async with does not release')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', hold(log, 'a', lock, 10))
        await sleep(0)
        a.cancel()
        await a
        log(lock.locked())

    run(main())


@program('a body that releases the lock itself makes its end an error')
def _(log):
    async def body(lock, fails):
        async with lock:
            lock.release()
            if fails:
                raise Boom

    async def main():
        lock = Lock()
        await outcome(log, 'ends', body(lock, False))
        await outcome(log, 'fails', body(lock, True))

    run(main())


@program('a body may release the lock for others and take it again')
def _(log):
    async def main():
        lock = Lock()
        async with lock:
            other = create_task(hold(log, 'other', lock, 10))
            await sleep(0)
            lock.release()
            log('let go')
            await lock.acquire()
            log('again', get_running_loop().time())
        await other
        log(lock.locked())

    run(main())


@program('waitFor() gives up and leaves the line')
def _(log):
    async def main():
        lock = Lock()
        owner = create_task(hold(log, 'owner', lock, 20))
        await sleep(0)
        late = create_task(hold(log, 'late', lock, 10))
        await outcome(log, 'main', wait_for(lock.acquire(), 10))
        log(get_running_loop().time(), lock.locked())
        await wait([owner, late])
        log(lock.locked())

    run(main())


@program('waitFor() with a timeout of zero does not take a free lock')
def _(log):
    async def main():
        lock = Lock()
        await outcome(log, 'no time', wait_for(lock.acquire(), 0))
        log(lock.locked())
        ticker(log, 1)
        await outcome(log, 'some time', wait_for(lock.acquire(), 10))
        log(lock.locked())
        await sleep(0)

    run(main())


@program('the lock becomes free in the turn of the deadline')
def _(log):
    async def waiter(lock):
        async with timeout(10):
            await lock.acquire()

    async def main():
        loop = get_running_loop()
        for release_first in (True, False):
            lock = Lock()
            await lock.acquire()
            if release_first:
                loop.call_later(10, lock.release)
            a = start(log, 'a', waiter(lock))
            await sleep(0)
            b = start(log, 'b', lock.acquire())
            if not release_first:
                loop.call_later(10, lock.release)
            await wait([a, b])
            log(lock.locked(), loop.time())

    run(main())
