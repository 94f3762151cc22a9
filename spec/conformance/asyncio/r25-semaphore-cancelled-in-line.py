"""R25, a semaphore cancelled: a task cancelled in line leaves it; if a place was given to it already, the next one
gets it.
"""
from asyncio import CancelledError, Semaphore, current_task, sleep, wait

from crew import line_up, start, turns
from programs import program
from semaphores import room
from virtual import run
from witness import message, ticker


@program('cancelled in line, a task leaves it, and the room stays what it was')
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


@program('cancelled first and left then, the next one in line is woken at once')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a, b = line_up(log, semaphore.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        a.cancel()
        semaphore.release()
        await wait([a, b])
        log(await room(semaphore))

    run(main())


@program('left first and cancelled then, the one that was woken passes it on')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        await semaphore.acquire()
        a, b = line_up(log, semaphore.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        semaphore.release()
        a.cancel()
        await wait([a, b])
        log(await room(semaphore))

    run(main())


@program('woken, cancelled, and nobody behind: the room is there again')
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


@program('two are woken and cancelled, the two behind them come in')
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


@program('one of several that were woken is cancelled, the others come in')
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


@program('woken and cancelled one after the other, no room is lost')
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


@program('all in line are cancelled: who asks in the same step comes in at once')
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


@program('a newcomer behind one that was woken and cancelled comes in when that is gone')
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


@program('the message of the cancellation arrives, and who swallows it may ask again')
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
