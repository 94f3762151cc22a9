"""R24: A condition gives up its lock while it waits and takes it again before it continues."""
from asyncio import Condition, Lock, create_task, eager_task_factory, get_running_loop, sleep, wait, wait_for

from conditions import notify, notify_all, wait_inside
from crew import hold, line_up, start, turns
from errors import Boom
from probes import attempt
from programs import program
from virtual import run
from witness import outcome, ticker


@program('without the lock one can neither wait nor notify')
def _(log):
    async def main():
        condition = Condition()
        log(condition.locked())
        await outcome(log, 'wait', condition.wait())
        await outcome(log, 'wait for', condition.wait_for(lambda: False))
        attempt(log, condition.notify)
        attempt(log, condition.notify_all)
        attempt(log, condition.release)

    run(main())


@program('with the lock, a notification without waiters is lost')
def _(log):
    async def main():
        condition = Condition()
        await condition.acquire()
        log(condition.notify(), condition.notify(5), condition.notify(0), condition.notify_all(), condition.locked())
        condition.release()
        await outcome(log, 'main', wait_for(wait_inside(condition), 10))
        log(condition.locked())

    run(main())


@program('a wait gives up the lock, and has it again when it continues')
def _(log):
    async def waiter(condition):
        async with condition:
            log('waits', condition.locked())
            log(await condition.wait(), condition.locked())
        log(condition.locked())

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(0)
        log('given away', not condition.locked())
        async with condition:
            condition.notify()
            await sleep(10)
            log('still mine', condition.locked(), task.done())
        await task

    run(main())


@program('notified waiters continue one after the other, in the order in which they came')
def _(log):
    async def waiter(name, condition):
        async with condition:
            await condition.wait()
            log(name, get_running_loop().time())
            await sleep(10)

    async def main():
        condition = Condition()
        tasks = [create_task(waiter(name, condition)) for name in 'abc']
        await turns(5)
        await notify_all(condition)
        await wait(tasks)

    run(main())


@program('if nobody else wants the lock, all notified waiters continue in the next turn')
def _(log):
    async def main():
        condition = Condition()
        a, b = line_up(log, lambda: wait_inside(condition), 'a', 'b')
        await turns(2)
        ticker(log, 5)
        async with condition:
            condition.notify_all()
            log('notified')
        await wait([a, b])
        await turns(1)

    run(main())


@program('notify(n) wakes n waiters')
def _(log):
    async def main():
        condition = Condition()
        tasks = line_up(log, lambda: wait_inside(condition), *'abcdefg')
        await turns(2)
        for n in [0, -1, 1, 2, 3, 100]:
            await notify(condition, n)
            await turns(10)
            log(n, len([task for task in tasks if task.done()]))

    run(main())


@program('notified twice in one step, two waiters continue')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        async with condition:
            condition.notify()
            condition.notify()
        await wait([a, b])
        await turns(3)
        log(c.done())
        await notify(condition)
        await c

    run(main())


@program('a notified waiter stands behind those who asked for the lock before')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        async with condition:
            other = create_task(hold(log, 'other', condition, 10))
            await sleep(0)
            condition.notify()
        await wait([a, other])
        log(get_running_loop().time(), condition.locked())

    run(main())


@program('it uses the lock that it is given')
def _(log):
    async def main():
        lock = Lock()
        condition = Condition(lock)
        async with lock:
            log(condition.locked())
            condition.notify()
        await condition.acquire()
        log(lock.locked())
        lock.release()
        log(condition.locked())

    run(main())


@program('two conditions may share a lock')
def _(log):
    async def main():
        lock = Lock()
        full, empty = Condition(lock), Condition(lock)
        a = start(log, 'full', wait_inside(full))
        b = start(log, 'empty', wait_inside(empty))
        await turns(2)
        async with lock:
            empty.notify_all()
        await b
        log(a.done())
        async with lock:
            full.notify_all()
        await a

    run(main())


@program('it is enough that somebody holds the lock')
def _(log):
    async def main():
        condition = Condition()
        await condition.acquire()
        a = start(log, 'a', condition.wait())
        await sleep(0)
        log('given away by another one', condition.locked())
        await notify(condition)
        await a
        log(condition.locked())

    run(main())


@program('plain code may notify while somebody holds the lock')
def _(log):
    async def main():
        loop = get_running_loop()
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        loop.call_soon(lambda: attempt(log, condition.notify))
        await turns(2)
        async with condition:
            loop.call_soon(lambda: attempt(log, condition.notify))
            await turns(2)
        await a

    run(main())


@program('eager tasks wait for a condition in the order in which they were created')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        condition = Condition()
        tasks = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        log(condition.locked())
        await condition.acquire()
        condition.notify(2)
        condition.release()
        await wait(tasks[:2])
        tasks[2].cancel()
        await tasks[2]

    run(main())


@program('a body that fails releases the lock')
def _(log):
    async def body(condition):
        async with condition as value:
            log(value, condition.locked())
            raise Boom

    async def main():
        condition = Condition()
        await outcome(log, 'body', body(condition))
        log(condition.locked())

    run(main())


@program('a condition belongs to the loop in which a task first waited for it')
def _(log):
    async def together(condition):
        task = start(log, 'task', wait_inside(condition))
        await sleep(0)
        await notify(condition)
        await task

    condition = Condition()
    run(notify(condition))
    run(notify(condition))
    run(together(condition))
    run(notify(condition))
    run(together(condition))


@program('a wait that is refused in another loop does not give up the lock')
def _(log):
    async def first(condition):
        await outcome(log, 'first', wait_for(wait_inside(condition), 10))

    async def second(condition):
        await condition.acquire()
        other = create_task(hold(log, 'other', condition, 10))
        await sleep(0)
        ticker(log, 1)
        await outcome(log, 'second', condition.wait())
        log(condition.locked())
        await sleep(0)
        condition.release()
        await other

    condition = Condition()
    run(first(condition))
    run(second(condition))
