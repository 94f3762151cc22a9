"""R23: A free lock is taken without waiting. For a lock that is held, tasks wait in line, first come, first served."""
from asyncio import (
    Event, Lock, Queue, Semaphore, create_task, eager_task_factory, gather, get_running_loop, sleep, wait, wait_for,
)

from crew import hold, line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import outcome, ticker


@program('a free lock is taken without a turn')
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


@program('the same holds for events, semaphores and queues')
def _(log):
    async def main():
        event, semaphore, queue = Event(), Semaphore(2), Queue(1)
        ticker(log, 2)
        event.set()
        log(await event.wait(), await semaphore.acquire(), await semaphore.acquire())
        log(await queue.put('an item'), await queue.get(), await queue.put('another'))
        await turns(2)

    run(main())


@program('locks that are free add no turns to a chain of tasks')
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


@program('releasing a lock that nobody holds is an error')
def _(log):
    async def main():
        lock = Lock()
        attempt(log, lock.release)
        await lock.acquire()
        attempt(log, lock.release)
        attempt(log, lock.release)

    run(main())


@program('a lock can be created and released without a running loop')
def _(log):
    lock = Lock()
    log(lock.locked())
    attempt(log, lock.release)
    run(lock.acquire())
    log(lock.locked())
    attempt(log, lock.release)
    log(lock.locked())


@program('tasks get the lock in the order in which they asked')
def _(log):
    async def main():
        lock = Lock()
        await gather(*[hold(log, name, lock, 10) for name in 'abcd'])
        log(lock.locked(), get_running_loop().time())

    run(main())


@program('a task that comes back goes to the end of the line')
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


@program('a waiter continues in the turn after the release')
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


@program('one release lets one task in')
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


@program('releasing and asking again at once goes behind the others')
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


@program('with nobody in line, it can be had again at once after the release')
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


@program('any task may release it, and so may plain code')
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


@program('it does not know its holder: asking again waits forever')
def _(log):
    async def main():
        lock = Lock()
        await lock.acquire()
        log('once')
        await outcome(log, 'twice', lock.acquire())

    run(main())


@program('an eager task takes a free lock before its creator continues')
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


@program('two tasks that take two locks in opposite order wait for each other, until one is cancelled')
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


@program('it belongs to the loop in which a task first had to wait')
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
