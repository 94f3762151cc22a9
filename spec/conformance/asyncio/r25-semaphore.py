"""R25: A semaphore admits as many tasks as its value says, first come, first served."""
from asyncio import (
    BoundedSemaphore, Semaphore, create_task, eager_task_factory, gather, get_running_loop, sleep, timeout, wait,
    wait_for,
)

from crew import hold, line_up, start, turns
from errors import Boom
from probes import attempt
from programs import program
from semaphores import room
from virtual import run
from witness import outcome, ticker


@program('as long as there is room, nobody waits')
def _(log):
    async def main():
        semaphore = Semaphore(3)
        ticker(log, 1)
        for _ in range(3):
            log(await semaphore.acquire(), semaphore.locked())
        await sleep(0)

    run(main())


@program('its value is one by default, and is never negative')
def _(log):
    async def main():
        for semaphore in [Semaphore(), BoundedSemaphore(), Semaphore(0)]:
            log(semaphore.locked(), await room(semaphore))

    attempt(log, lambda: Semaphore(-1))
    attempt(log, lambda: BoundedSemaphore(-1))
    run(main())


@program('created with zero, it admits the first task at the first release')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a, b = line_up(log, semaphore.acquire, 'a', 'b')
        await turns(3)
        log(a.done())
        semaphore.release()
        await turns(3)
        log(a.done(), b.done())
        semaphore.release()
        await b

    run(main())


@program('tasks are admitted in the order in which they asked')
def _(log):
    async def main():
        semaphore = Semaphore(2)
        await gather(*[hold(log, name, semaphore, 10) for name in 'abcde'])
        log(get_running_loop().time())

    run(main())


@program('whoever leaves, the first in line is next')
def _(log):
    async def main():
        semaphore = Semaphore(2)
        await gather(*[hold(log, f'for {ms}', semaphore, ms) for ms in (30, 5, 10, 1, 20)])
        log(get_running_loop().time(), await room(semaphore))

    run(main())


@program('with a value of one, tasks take turns')
def _(log):
    async def work(name, semaphore):
        for i in range(2):
            async with semaphore:
                log(name, i)
                await sleep(0)

    async def main():
        semaphore = Semaphore(1)
        await gather(*[work(name, semaphore) for name in range(3)])

    run(main())


@program('a waiter continues in the turn after the release, and has its place already')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        ticker(log, 2)
        semaphore.release()
        log(semaphore.locked())
        await a

    run(main())


@program('released and acquired again in one step, it goes to the next in line')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        semaphore.release()
        b = start(log, 'b', semaphore.acquire())
        await outcome(log, 'main', wait_for(semaphore.acquire(), 10))
        semaphore.release()
        await wait([a, b])

    run(main())


@program('several releases in one step admit several')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a, b, c = line_up(log, semaphore.acquire, 'a', 'b', 'c')
        await sleep(0)
        semaphore.release()
        semaphore.release()
        await wait([a, b])
        log(c.done(), semaphore.locked())
        semaphore.release()
        await c

    run(main())


@program('even with more room than waiters, a newcomer stands behind those that were woken')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        for _ in range(3):
            semaphore.release()
        log(semaphore.locked())
        ticker(log, 3)
        log('main', await semaphore.acquire())
        log(a.done(), await room(semaphore))

    run(main())


@program('a newcomer behind a woken task is admitted by it')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        b, c = line_up(log, semaphore.acquire, 'b', 'c')
        for _ in range(3):
            semaphore.release()
        ticker(log, 3)
        await wait([a, b, c])
        log(await room(semaphore))

    run(main())


@program('a release without an acquire adds room')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        semaphore.release()
        semaphore.release()
        log(await room(semaphore))

    run(main())


@program('a bounded one never has more room than at the beginning')
def _(log):
    async def main():
        semaphore = BoundedSemaphore(2)
        attempt(log, semaphore.release)
        await semaphore.acquire()
        attempt(log, semaphore.release)
        attempt(log, semaphore.release)
        attempt(log, BoundedSemaphore(0).release)
        log(await room(semaphore))

    run(main())


@program('a bounded one misses a release too many while a woken task is on its way')
def _(log):
    async def main():
        semaphore = BoundedSemaphore(1)
        await semaphore.acquire()
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        for _ in range(3):
            attempt(log, semaphore.release)
        await a
        log(semaphore.locked())

    run(main())


@program('a body that fails or is cancelled makes room again; one that never came in does not')
def _(log):
    async def fails(semaphore):
        async with semaphore as value:
            log(value)
            raise Boom

    async def main():
        semaphore = BoundedSemaphore(1)
        await outcome(log, 'fails', fails(semaphore))
        a, b = start(log, 'a', hold(log, 'a', semaphore, 10)), start(log, 'b', hold(log, 'b', semaphore, 10))
        await sleep(0)
        b.cancel()
        await b
        log(semaphore.locked())
        a.cancel()
        await a
        log(await room(semaphore))

    run(main())


@program('the deadline passes in line, and in the turn in which there is room')
def _(log):
    async def waiter(semaphore):
        async with timeout(10):
            await semaphore.acquire()

    async def main():
        loop = get_running_loop()
        semaphore = Semaphore(0)
        await outcome(log, 'in line', waiter(semaphore))
        loop.call_later(10, semaphore.release)
        await outcome(log, 'at once', waiter(semaphore))
        log(loop.time(), await room(semaphore))
        await outcome(log, 'without time', wait_for(semaphore.acquire(), 0))
        semaphore.release()
        await outcome(log, 'room, but no time', wait_for(semaphore.acquire(), 0))
        log(await room(semaphore))

    run(main())


@program('eager tasks are admitted before their creator continues, as long as there is room')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        semaphore = Semaphore(2)
        tasks = [start(log, name, hold(log, name, semaphore, 10)) for name in 'abc']
        log('made')
        await wait(tasks)

    run(main())


@program('when one child of a gather() fails, the others continue, and release at their end')
def _(log):
    async def fails(semaphore):
        async with semaphore:
            await sleep(5)
            raise Boom

    async def main():
        semaphore = Semaphore(3)
        others = [create_task(hold(log, name, semaphore, 10)) for name in 'ab']
        both = gather(fails(semaphore), *others)
        await outcome(log, 'all', both)
        log(get_running_loop().time())
        await wait(others)
        log(get_running_loop().time(), await room(semaphore))

    run(main())


@program('a semaphore belongs to the loop in which a task first had to wait')
def _(log):
    async def crowd(semaphore):
        await gather(*[outcome(log, name, hold(log, name, semaphore, 10)) for name in 'abc'])

    async def alone(semaphore):
        async with semaphore:
            return 'alone'

    semaphore = Semaphore(2)
    log(run(alone(semaphore)), run(alone(semaphore)))
    run(crowd(semaphore))
    log(run(alone(semaphore)))
    run(crowd(semaphore))
