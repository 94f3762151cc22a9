"""R24: An event wakes all its waiters when it is set."""
from asyncio import (
    FIRST_COMPLETED, Event, create_task, eager_task_factory, get_running_loop, sleep, timeout, wait, wait_for,
)

from crew import line_up, start, turns
from programs import program
from virtual import run
from witness import outcome, ticker


@program('waiting for a set event takes no turn')
def _(log):
    async def main():
        event = Event()
        ticker(log, 1)
        log(event.is_set())
        event.set()
        log(event.is_set(), await event.wait(), await event.wait())
        await sleep(0)

    run(main())


@program('set() wakes all waiters, in the order in which they came')
def _(log):
    async def main():
        event = Event()
        tasks = line_up(log, event.wait, 'a', 'b', 'c')
        await turns(3)
        ticker(log, 2)
        event.set()
        log('set')
        await wait(tasks)

    run(main())


@program('set and cleared in one step, it wakes them all the same')
def _(log):
    async def waiter(name, event):
        log(name, await event.wait(), event.is_set())

    async def main():
        event = Event()
        tasks = [create_task(waiter(name, event)) for name in 'ab']
        await sleep(0)
        event.set()
        event.clear()
        await wait(tasks)

    run(main())


@program('a task that comes after the clear waits for the next set')
def _(log):
    async def main():
        event = Event()
        early = start(log, 'early', event.wait())
        await sleep(0)
        event.set()
        event.clear()
        late = start(log, 'late', event.wait())
        await early
        await turns(2)
        log(late.done())
        event.set()
        await late

    run(main())


@program('set twice is set once, and cleared twice is cleared once')
def _(log):
    async def main():
        event = Event()
        a = start(log, 'a', event.wait())
        await sleep(0)
        log(event.set(), event.set(), event.is_set())
        await a
        log(event.clear(), event.clear(), event.is_set())

    run(main())


@program('set and cleared periodically, it makes a returning waiter wait for the next time')
def _(log):
    async def waiter(name, event):
        for i in range(3):
            await event.wait()
            log(name, i, get_running_loop().time())

    async def main():
        event = Event()
        tasks = [create_task(waiter(name, event)) for name in 'ab']
        for _ in range(3):
            await sleep(10)
            event.set()
            event.clear()
        await wait(tasks)

    run(main())


@program('while it stays set, a returning waiter does not wait')
def _(log):
    async def waiter(event):
        for i in range(3):
            await event.wait()
            log(i)

    async def main():
        event = Event()
        task = create_task(waiter(event))
        await sleep(0)
        ticker(log, 2)
        event.set()
        await task

    run(main())


@program('a cancelled waiter is not woken, the others are')
def _(log):
    async def main():
        event = Event()
        a, b, c = line_up(log, event.wait, 'a', 'b', 'c')
        await sleep(0)
        log(b.cancel())
        await sleep(0)
        event.set()
        await wait([a, b, c])

    run(main())


@program('set and cancelled in one step, the waiter is cancelled, whichever came first')
def _(log):
    async def main():
        event = Event()
        a, b, c = line_up(log, event.wait, 'a', 'b', 'c')
        await sleep(0)
        a.cancel()
        event.set()
        c.cancel()
        await wait([a, b, c])
        log(event.is_set())

    run(main())


@program('a woken waiter that is cancelled wakes nobody else')
def _(log):
    async def main():
        event = Event()
        a = start(log, 'a', event.wait())
        await sleep(0)
        late = start(log, 'late', event.wait())
        event.set()
        event.clear()
        a.cancel()
        await a
        await turns(3)
        log(late.done())
        event.set()
        await late

    run(main())


@program('after a timeout, a later set() disturbs nobody')
def _(log):
    async def main():
        event = Event()
        await outcome(log, 'in time', wait_for(event.wait(), 10))
        event.set()
        await outcome(log, 'again', wait_for(event.wait(), 10))
        log(get_running_loop().time())

    run(main())


@program('it is set in the turn of the deadline')
def _(log):
    async def waiter(event):
        async with timeout(10):
            return await event.wait()

    async def main():
        loop = get_running_loop()
        event = Event()
        loop.call_later(10, event.set)
        await outcome(log, 'set first', waiter(event))
        event.clear()
        task = start(log, 'time first', waiter(event))
        await sleep(0)
        loop.call_later(10, event.set)
        await task
        log(event.is_set(), loop.time())

    run(main())


@program('an event can be created and set without a running loop')
def _(log):
    event = Event()
    event.set()
    log(run(event.wait()))
    event.clear()
    log(event.is_set())


@program('an event belongs to the loop in which a task first waited for it')
def _(log):
    async def set_it(event):
        get_running_loop().call_later(10, event.set)
        await event.wait()
        return get_running_loop().time()

    event = Event()
    log(run(set_it(event)), run(set_it(event)))
    event.clear()
    run(outcome(log, 'elsewhere', set_it(event)))
    log(event.is_set())


@program('a chain of events')
def _(log):
    async def link(name, before, after):
        await before.wait()
        log(name)
        after.set()

    async def main():
        events = [Event() for _ in range(4)]
        steps = [(2, 3), (0, 1), (1, 2)]
        tasks = [create_task(link(f'{i} to {j}', events[i], events[j])) for i, j in steps]
        await sleep(0)
        ticker(log, 4)
        events[0].set()
        await events[3].wait()
        log('arrived')
        await wait(tasks)

    run(main())


@program('eager tasks wait like others, and not at all when it is set')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        event = Event()
        a, b = line_up(log, event.wait, 'a', 'b')
        log(a.done())
        event.set()
        c = start(log, 'c', event.wait())
        log(a.done(), c.done())
        await wait([a, b])

    run(main())


@program('waiting for the first of several events leaves the others')
def _(log):
    async def main():
        one, two = Event(), Event()
        tasks = [start(log, 'one', one.wait()), start(log, 'two', two.wait())]
        get_running_loop().call_later(10, two.set)
        done, pending = await wait(tasks, return_when=FIRST_COMPLETED)
        log([task.get_name() for task in done], [task.get_name() for task in pending])
        for task in pending:
            task.cancel()
        await wait(tasks)

    run(main())
