"""R23: what is free is had without a wait; for a lock that is held, they stand in line."""
from asyncio import (
    CancelledError, Event, Lock, Queue, Semaphore, create_task, current_task, eager_task_factory, gather,
    get_running_loop, sleep, timeout, wait, wait_for,
)

from crew import hold, line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import message, outcome, ticker


class Boom(Exception):
    pass


@program('what is free is taken without a turn')
def _(log):
    async def main():
        lock = Lock()
        ticker(log, 2)
        log(await lock.acquire(), lock.locked())
        lock.release()
        log(lock.locked())
        async with lock:
            log('inside', lock.locked())
        log('outside', lock.locked())
        await turns(2)

    run(main())


@program('the same goes for events, semaphores and queues')
def _(log):
    async def main():
        event, semaphore, queue = Event(), Semaphore(2), Queue(1)
        ticker(log, 2)
        event.set()
        log(await event.wait(), await semaphore.acquire(), await semaphore.acquire())
        log(await queue.put('an item'), await queue.get(), await queue.put('another'))
        await turns(2)

    run(main())


@program('a chain of tasks with locks that are free takes no more turns than without them')
def _(log):
    async def link(name, lock):
        for i in range(3):
            async with lock:
                log(name, i)
            await sleep(0)

    async def main():
        ticker(log, 4)
        await gather(link('a', Lock()), link('b', Lock()))

    run(main())


@program('releasing what nobody holds is an error')
def _(log):
    async def main():
        lock = Lock()
        attempt(log, lock.release)
        await lock.acquire()
        attempt(log, lock.release)
        attempt(log, lock.release)

    run(main())


@program('a lock can be made, and released, where no loop runs')
def _(log):
    lock = Lock()
    log(lock.locked())
    attempt(log, lock.release)
    run(lock.acquire())
    log(lock.locked())
    attempt(log, lock.release)
    log(lock.locked())


@program('they get it in the order in which they came')
def _(log):
    async def main():
        lock = Lock()
        await gather(*[hold(log, name, lock, 10) for name in 'abcd'])
        log(lock.locked(), get_running_loop().time())

    run(main())


@program('who comes back goes to the end of the line')
def _(log):
    async def work(name, lock):
        for i in range(2):
            async with lock:
                log(name, i)
                await sleep(0)

    async def main():
        lock = Lock()
        await gather(*[work(name, lock) for name in 'abc'])

    run(main())


@program('who waits goes on in the turn after the release')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        ticker(log, 3)
        lock.release()
        log('released', lock.locked())
        await a
        log('joined', lock.locked())
        await turns(2)

    run(main())


@program('one release is for one of them')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        tasks = line_up(log, lock.acquire, 'a', 'b', 'c')
        await sleep(0)
        for _ in range(3):
            lock.release()
            await turns(3)
            log(lock.locked(), [task.done() for task in tasks])

    run(main())


@program('between the release and the turn of the next one, nobody else gets in')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        lock.release()
        log('free', not lock.locked())
        await outcome(log, 'main', wait_for(lock.acquire(), 5))
        await a
        lock.release()
        await outcome(log, 'main', wait_for(lock.acquire(), 5))

    run(main())


@program('a newcomer whose turn comes first stands behind the one that was woken')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        newcomer = start(log, 'newcomer', lock.acquire())
        lock.release()
        await a
        log(newcomer.done())
        lock.release()
        await newcomer

    run(main())


@program('who releases and asks again at once goes behind the others')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        other = create_task(hold(log, 'other', lock, 10))
        await sleep(0)
        lock.release()
        await hold(log, 'main', lock, 10)
        await other
        log(get_running_loop().time())

    run(main())


@program('with nobody in line, who releases it can have it again at once')
def _(log):
    async def main():
        lock = Lock()
        ticker(log, 1)
        for i in range(3):
            await lock.acquire()
            lock.release()
        log('three times')
        await sleep(0)

    run(main())


@program('a second release before the next one runs is an error')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        await sleep(0)
        attempt(log, lock.release)
        attempt(log, lock.release)
        await a
        log(lock.locked())

    run(main())


@program('anybody may release it: another task, or plain code')
def _(log):
    async def releaser(lock):
        lock.release()

    async def main():
        lock = Lock()
        loop = get_running_loop()
        await lock.acquire()
        tasks = line_up(log, lock.acquire, 'a', 'b')
        create_task(releaser(lock))
        loop.call_later(10, lock.release)
        await wait(tasks)
        log(loop.time(), lock.locked())

    run(main())


@program('it does not know who holds it: who asks again waits for ever')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        log('once')
        await outcome(log, 'twice', lock.acquire())

    run(main())


@program('cancelled in line, a task leaves it, and the lock stays where it is')
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


@program('cancelled before it began, a task never stands in line')
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


@program('cancelled first and released then, the next one gets it when the first is gone')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        a.cancel()
        lock.release()
        await wait([a, b])
        log(lock.locked())

    run(main())


@program('released first and cancelled then, the one that was woken passes it on')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a, b = line_up(log, lock.acquire, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        lock.release()
        a.cancel()
        await wait([a, b])
        log(lock.locked())

    run(main())


@program('woken, cancelled, and nobody behind: the lock is free')
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


@program('all in line are cancelled: who asks in the same step gets it at once')
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


@program('one that is left in line is enough to have to wait')
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


@program('who asks in the step of the release stands behind the one that is left in line')
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


@program('a woken one that is cancelled still keeps newcomers out')
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


@program('several of a line are cancelled, the others keep their order')
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


@program('one after the other is woken and cancelled, the last one gets it')
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


@program('two of a line are cancelled with the release between them')
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


@program('who swallows its cancellation may ask again, from the end of the line')
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


@program('async with gives nothing, and releases however its body ends')
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


@program('cancelled on its way in, async with does not release')
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


@program('a body that releases by itself makes the end of it an error')
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


@program('a body that lets others in, and takes it again')
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


@program('waitFor() gives up, and leaves the line')
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


@program('waitFor() without time does not take what is free')
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


@program('the lock comes free in the turn in which the time is over')
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


@program('an eager task takes what is free before anybody sees the task')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        lock = Lock()
        a = start(log, 'a', lock.acquire())
        b = start(log, 'b', lock.acquire())
        log(a.done(), b.done(), lock.locked())
        lock.release()
        c = start(log, 'c', lock.acquire())
        log('released')
        await b
        log(c.done())
        lock.release()
        await c

    run(main())


@program('it guards what takes more than one turn')
def _(log):
    account = {'value': 0}

    async def unsafe():
        value = account['value']
        await sleep(0)
        account['value'] = value + 1

    async def safe(lock):
        async with lock:
            await unsafe()

    async def main():
        lock = Lock()
        await gather(*[unsafe() for _ in range(5)])
        log(account['value'])
        account['value'] = 0
        await gather(*[safe(lock) for _ in range(5)])
        log(account['value'])

    run(main())


@program('cancelling a gather() takes all of its children out of the line')
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


@program('a done callback may release it')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        a = start(log, 'a', lock.acquire())
        sleeper = create_task(sleep(10))
        sleeper.add_done_callback(lambda _: lock.release())
        await a
        log(get_running_loop().time())

    run(main())


@program('two that take two locks in opposite order wait for each other, until one is cancelled')
def _(log):
    async def take(name, first, second):
        async with first:
            await sleep(1)
            async with second:
                log(name, 'has both')

    async def main():
        one, two = Lock(), Lock()
        tasks = [create_task(take('a', one, two)), create_task(take('b', two, one))]
        await wait(tasks, timeout=10)
        log([task.done() for task in tasks], one.locked(), two.locked())
        tasks[0].cancel()
        await wait(tasks)
        log([task.cancelled() for task in tasks], one.locked(), two.locked())

    run(main())


@program('it belongs to the loop in which somebody first had to wait')
def _(log):
    async def wait_in_line(lock):
        await lock.acquire()
        other = start(log, 'other', hold(log, 'other', lock, 10))
        await sleep(0)
        lock.release()
        await other
        log(lock.locked())

    async def alone(lock):
        async with lock:
            return 'alone'

    lock = Lock()
    log(run(alone(lock)), run(alone(lock)))
    run(wait_in_line(lock))
    log(run(alone(lock)))
    run(wait_in_line(lock))
