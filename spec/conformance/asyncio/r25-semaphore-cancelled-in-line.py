"""R25, a semaphore cancelled: a task cancelled in line leaves it; if a place was given to it already, the next one
gets it.
"""
from asyncio import CancelledError, Semaphore, current_task, sleep, wait

from crew import line_up, start, turns
from programs import program, table
from semaphores import room
from virtual import run
from witness import message, ticker


@program('a task cancelled in line leaves it, and the room stays the same')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a, b = line_up(log, semaphore.acquire, 'a', 'b')
        await sleep(0)
        a.cancel()
        await turns(3)
        log(b.done())
        semaphore.release()
        await b
        log(await room(semaphore))

    run(main())


@table({
    'cancelled before the release: the next in line is woken at once': dict(cancelled_first=True),
    'cancelled after the release: the woken task passes its place on': dict(cancelled_first=False),
})
def _(log, cancelled_first):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a, b = line_up(log, semaphore.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        if cancelled_first:
            a.cancel()
        semaphore.release()
        if not cancelled_first:
            a.cancel()
        await wait([a, b])
        log(await room(semaphore))

    run(main())


@program('woken and cancelled with nobody behind: there is room again')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        semaphore.release()
        a.cancel()
        log(semaphore.locked())
        await a
        log(semaphore.locked(), await room(semaphore))

    run(main())


@program('two are woken and cancelled: the two behind them are admitted')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a, b, c, d = line_up(log, semaphore.acquire, *'abcd')
        await sleep(0)
        semaphore.release()
        semaphore.release()
        a.cancel()
        b.cancel()
        await wait([a, b, c, d])
        log(await room(semaphore))

    run(main())


@program('one of several woken tasks is cancelled: the others are admitted')
def _(log):
    async def main():
        for victim in range(3):
            semaphore = Semaphore(0)
            tasks = line_up(log, semaphore.acquire, 'a', 'b', 'c')
            await sleep(0)
            for _ in range(3):
                semaphore.release()
            tasks[victim].cancel()
            await wait(tasks)
            log(await room(semaphore))

    run(main())


@program('woken and cancelled one after the other, no place is lost')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        tasks = line_up(log, semaphore.acquire, 'a', 'b', 'c')
        await sleep(0)
        semaphore.release()
        for task in tasks:
            task.cancel()
            await sleep(0)
        log([task.done() for task in tasks], await room(semaphore))

    run(main())


@program('when all in line are cancelled, a newcomer in the same step is admitted at once')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        tasks = line_up(log, semaphore.acquire, 'a', 'b')
        await sleep(0)
        for task in tasks:
            task.cancel()
        semaphore.release()
        log(semaphore.locked(), await semaphore.acquire())
        await wait(tasks)
        log(semaphore.locked())

    run(main())


@program('a newcomer behind a woken and cancelled task is admitted after that has left')
def _(log):
    async def main():
        semaphore = Semaphore(0)
        a = start(log, 'a', semaphore.acquire())
        await sleep(0)
        semaphore.release()
        a.cancel()
        ticker(log, 3)
        log('main', await semaphore.acquire())
        log(a.done(), await room(semaphore))

    run(main())


@program('the message of the cancellation arrives, and a task that swallows it may ask again')
def _(log):
    async def stubborn(semaphore):
        try:
            await semaphore.acquire()
        except CancelledError as error:
            log(error, message(error), current_task().uncancel())
        return await semaphore.acquire()

    async def main():
        semaphore = Semaphore(0)
        a = start(log, 'a', stubborn(semaphore))
        b = start(log, 'b', semaphore.acquire())
        await sleep(0)
        semaphore.release()
        a.cancel('too late')
        await b
        log(a.done())
        semaphore.release()
        await a

    run(main())
