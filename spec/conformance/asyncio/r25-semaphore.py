"""R25: a semaphore lets in as many as there is room for, in order; a barrier holds all up until the last one comes."""
from asyncio import (
    Barrier, BoundedSemaphore, BrokenBarrierError, CancelledError, Semaphore, create_task, current_task,
    eager_task_factory, gather, get_running_loop, sleep, timeout, wait, wait_for,
)

from crew import hold, line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import message, outcome, ticker


class Boom(Exception):
    pass


async def room(semaphore):
    """How many may still come in; it takes what is left."""
    count = 0
    while not semaphore.locked():
        await semaphore.acquire()
        count += 1
    return count


def state(barrier):
    """How many wait, and whether it is broken."""
    return [barrier.n_waiting, barrier.broken]


@program('while there is room, nobody waits')
def _(log):
    async def main():
        semaphore = Semaphore(3)
        ticker(log, 1)
        for _ in range(3):
            log(await semaphore.acquire(), semaphore.locked())
        await sleep(0)

    run(main())


@program('there is room for one, if nothing else is said, and never for less than none')
def _(log):
    async def main():
        for semaphore in [Semaphore(), BoundedSemaphore(), Semaphore(0)]:
            log(semaphore.locked(), await room(semaphore))

    attempt(log, lambda: Semaphore(-1))
    attempt(log, lambda: BoundedSemaphore(-1))
    run(main())


@program('begun without room, it is the first release that lets somebody in')
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


@program('they come in in the order in which they came')
def _(log):
    async def main():
        semaphore = Semaphore(2)
        await gather(*[hold(log, name, semaphore, 10) for name in 'abcde'])
        log(get_running_loop().time())

    run(main())


@program('where it is left at different times, the next one is always the first in line')
def _(log):
    async def main():
        semaphore = Semaphore(2)
        await gather(*[hold(log, f'for {ms}', semaphore, ms) for ms in (30, 5, 10, 1, 20)])
        log(get_running_loop().time(), await room(semaphore))

    run(main())


@program('with room for one, they take turns')
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


@program('who waits goes on in the turn after the release, and has its room already')
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


@program('left and entered again in one step, it is for the next one in line')
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


@program('several releases in one step let several in')
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


@program('more room than there are in line: still, who comes stands behind those who were woken')
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


@program('a newcomer that had to stand behind one that was woken is let in by it')
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


@program('a release that nobody asked for makes more room')
def _(log):
    async def main():
        semaphore = Semaphore(1)
        semaphore.release()
        semaphore.release()
        log(await room(semaphore))

    run(main())


@program('a bounded one has never more room than at the beginning')
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


@program('a bounded one does not see a release too many while one that was woken is on its way')
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


@program('a body that fails, or is cancelled, makes room again; one that never came in does not')
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


@program('the time runs out in line, and in the turn in which there is room')
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


@program('eager tasks come in before anybody sees them, as long as there is room')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        semaphore = Semaphore(2)
        tasks = [start(log, name, hold(log, name, semaphore, 10)) for name in 'abc']
        log('made')
        await wait(tasks)

    run(main())


@program('of those in a gather() that fails, the others go on, and leave when they are through')
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


@program('a semaphore belongs to the loop in which somebody first had to wait')
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


@program('a barrier is for one at least')
def _(log):
    attempt(log, lambda: Barrier(0))
    attempt(log, lambda: Barrier(-2))
    barrier = Barrier(3)
    log(barrier.parties, *state(barrier))


@program('a barrier for one holds nobody up')
def _(log):
    async def main():
        barrier = Barrier(1)
        ticker(log, 1)
        log(await barrier.wait(), await barrier.wait(), *state(barrier))
        await sleep(0)

    run(main())


@program('the last one goes through at once, the others in the next turn, numbered as they came')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(3)
        log(state(barrier))
        ticker(log, 3)
        log('main', await barrier.wait(), state(barrier))
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('all of them made at once')
def _(log):
    async def main():
        barrier = Barrier(4)
        ticker(log, 3)
        tasks = line_up(log, barrier.wait, *'abcd')
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('it can be used again, round after round')
def _(log):
    async def runner(name, ms, barrier):
        for i in range(3):
            await sleep(ms)
            log(name, i, 'is number', await barrier.wait(), 'at', get_running_loop().time())

    async def main():
        barrier = Barrier(3)
        await gather(*[runner(f'every {ms}', ms, barrier) for ms in (3, 1, 2)])
        log(state(barrier))

    run(main())


@program('who comes back before all have left waits until they have')
def _(log):
    async def runner(name, barrier):
        for i in range(3):
            log(name, i, await barrier.wait())

    async def main():
        barrier = Barrier(2)
        await gather(runner('a', barrier), runner('b', barrier))

    run(main())


@program('who comes while they leave is one of the next round')
def _(log):
    async def main():
        barrier = Barrier(2)
        a, b, c = line_up(log, barrier.wait, 'a', 'b', 'c')
        await turns(2)
        log(a.done(), b.done(), c.done(), state(barrier))
        await barrier.wait()
        await c
        log(state(barrier))

    run(main())


@program('twice as many as it holds up go through in two rounds')
def _(log):
    async def main():
        barrier = Barrier(2)
        await wait(line_up(log, barrier.wait, *'abcdef'))
        log(state(barrier))

    run(main())


@program('one too many waits for the next round')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, *'abcd')
        await wait(tasks, timeout=10)
        log([task.done() for task in tasks], state(barrier))
        tasks[3].cancel()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('cancelled while it waits, one leaves, and another one is needed')
def _(log):
    async def main():
        barrier = Barrier(3)
        a, b = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        log(state(barrier))
        a.cancel()
        await a
        log(state(barrier))
        c, d = line_up(log, barrier.wait, 'c', 'd')
        await wait([b, c, d])
        log(state(barrier))

    run(main())


@program('the numbers after one was cancelled: two may have the same')
def _(log):
    async def main():
        barrier = Barrier(4)
        a, b, c = line_up(log, barrier.wait, 'a', 'b', 'c')
        await turns(2)
        a.cancel()
        await turns(3)
        d, e = line_up(log, barrier.wait, 'd', 'e')
        await wait([b, c, d, e])

    run(main())


@program('all who wait are cancelled: it is empty, and works')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        for task in tasks:
            task.cancel()
        await wait(tasks)
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))

    run(main())


@program('cancelled in the step in which the last one comes')
def _(log):
    async def main():
        for cancel_first in (True, False):
            barrier = Barrier(3)
            a, b = line_up(log, barrier.wait, 'a', 'b')
            await turns(2)
            if cancel_first:
                a.cancel()
            log('main', await barrier.wait())
            a.cancel()
            await wait([a, b])
            log(state(barrier))

    run(main())


@program('one of those who wait for the leaving to end is cancelled')
def _(log):
    async def main():
        barrier = Barrier(2)
        tasks = line_up(log, barrier.wait, *'abcde')
        await sleep(0)
        tasks[2].cancel()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('async with waits at the beginning, gives the number, and does nothing at the end')
def _(log):
    async def body(name, barrier, fails):
        async with barrier as number:
            log(name, number, state(barrier))
            if fails:
                raise Boom
        return name

    async def main():
        barrier = Barrier(3)
        await wait([start(log, name, body(name, barrier, name == 'b')) for name in 'abc'])
        log(state(barrier))

    run(main())


@program('the numbers in a gather() are all different')
def _(log):
    async def main():
        barrier = Barrier(5)
        log(await gather(*[barrier.wait() for _ in range(5)]))

    run(main())


@program('reset with nobody there changes nothing')
def _(log):
    async def main():
        barrier = Barrier(2)
        ticker(log, 2)
        await barrier.reset()
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('reset while they wait: they get an error, and the barrier is empty')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        ticker(log, 2)
        await barrier.reset()
        log('reset', state(barrier))
        await wait(tasks)
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))

    run(main())


@program('who comes while those of before the reset leave is one of the next round')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        b, c = line_up(log, barrier.wait, 'b', 'c')
        await barrier.reset()
        await wait([a, b, c])
        log(state(barrier))

    run(main())


@program('reset while they leave: who has not left yet gets an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        log('main', await barrier.wait())
        await barrier.reset()
        log(state(barrier))
        await wait(tasks)
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))
        log(state(barrier))

    run(main())


@program('reset twice while they leave is as good as once')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.reset()
        await barrier.reset()
        await a
        await barrier.reset()
        await wait(line_up(log, barrier.wait, 'b', 'c'))
        log(state(barrier))

    run(main())


@program('abort breaks it: those who wait, and all who come, get an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        ticker(log, 3)
        await barrier.abort()
        log('broken', state(barrier))
        await outcome(log, 'main', barrier.wait())
        await wait(tasks)
        await outcome(log, 'main', barrier.wait())
        log(state(barrier))

    run(main())


@program('abort with nobody there breaks it as well')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await barrier.abort()
        log(barrier.parties, state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('abort while they leave: who has not left yet gets an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        log('main', await barrier.wait())
        await barrier.abort()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('abort while some wait for the leaving to end')
def _(log):
    async def main():
        barrier = Barrier(2)
        a, b, c, d = line_up(log, barrier.wait, *'abcd')
        abort = create_task(barrier.abort())
        await wait([a, b, c, d, abort])
        log(state(barrier))

    run(main())


@program('reset mends what is broken')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await outcome(log, 'broken', barrier.wait())
        await barrier.reset()
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('broken and reset before those who wait have left')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.abort()
        await barrier.reset()
        log(state(barrier))
        await a
        await wait(line_up(log, barrier.wait, 'b', 'c'))
        log(state(barrier))

    run(main())


@program('reset and broken before those who wait have left')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.reset()
        await barrier.abort()
        await a
        await outcome(log, 'main', barrier.wait())
        log(state(barrier))

    run(main())


@program('one of those who wait breaks it for the others')
def _(log):
    async def worker(name, barrier, fails):
        try:
            await sleep(10)
            if fails:
                raise Boom
            log(name, await barrier.wait())
        except BrokenBarrierError as error:
            log(name, error)
        except Boom as error:
            log(name, error)
            await barrier.abort()

    async def main():
        barrier = Barrier(3)
        await gather(*[worker(name, barrier, name == 'b') for name in 'abc'])
        log(state(barrier))

    run(main())


@program('the time runs out for one, and the others go on waiting')
def _(log):
    async def main():
        barrier = Barrier(2)
        await outcome(log, 'impatient', wait_for(barrier.wait(), 10))
        log(state(barrier))
        a = start(log, 'a', barrier.wait())
        await sleep(5)
        await outcome(log, 'in time', wait_for(barrier.wait(), 10))
        await a
        log(get_running_loop().time())

    run(main())


@program('the time runs out in the turn in which the last one comes')
def _(log):
    async def late(barrier):
        await sleep(10)
        return await barrier.wait()

    async def main():
        for late_first in (True, False):
            barrier = Barrier(2)
            parts = {'late': late(barrier), 'impatient': wait_for(barrier.wait(), 10)}
            names = ['late', 'impatient'] if late_first else ['impatient', 'late']
            tasks = [start(log, name, parts[name]) for name in names]
            await wait(tasks, timeout=20)
            log([task.done() for task in tasks], state(barrier))
            await barrier.abort()
            await wait(tasks)

    run(main())


@program('who swallows its cancellation may come back to the barrier')
def _(log):
    async def stubborn(barrier):
        await outcome(log, 'first', barrier.wait())
        log(state(barrier), current_task().uncancel())
        return await barrier.wait()

    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', stubborn(barrier))
        await turns(2)
        a.cancel()
        await turns(3)
        log(state(barrier))
        log('main', await barrier.wait())
        await a

    run(main())


@program('eager tasks: the last one goes through before anybody sees it')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        barrier = Barrier(3)
        a, b = line_up(log, barrier.wait, 'a', 'b')
        log(state(barrier))
        c, d = line_up(log, barrier.wait, 'c', 'd')
        log(a.done(), c.done(), d.done(), state(barrier))
        await wait([a, b])
        await turns(3)
        log(state(barrier))
        d.cancel()
        await d

    run(main())


@program('a barrier belongs to the loop in which somebody first waited')
def _(log):
    async def meet(barrier):
        await gather(outcome(log, 'a', barrier.wait()), outcome(log, 'b', barrier.wait()))

    async def alone(barrier):
        await outcome(log, 'alone', wait_for(barrier.wait(), 10))
        log(state(barrier))

    barrier = Barrier(2)
    run(meet(barrier))
    run(alone(barrier))
