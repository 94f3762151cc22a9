"""R24: an event wakes all that wait; a condition gives its lock away while it waits, and always takes it again."""
from asyncio import (
    FIRST_COMPLETED, CancelledError, Condition, Event, Lock, create_task, current_task, eager_task_factory, gather,
    get_running_loop, sleep, timeout, wait, wait_for,
)

from crew import hold, line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import message, outcome, ticker


class Boom(Exception):
    pass


async def wait_inside(condition):
    """Wait for a condition, as one should."""
    async with condition:
        return await condition.wait()


async def notify(condition, n=1):
    """Notify, as one should."""
    async with condition:
        condition.notify(n)


async def notify_all(condition):
    """The same for all that wait."""
    async with condition:
        condition.notify_all()


@program('an event that is set holds nobody up')
def _(log):
    async def main():
        event = Event()
        ticker(log, 1)
        log(event.is_set())
        event.set()
        log(event.is_set(), await event.wait(), await event.wait())
        await sleep(0)

    run(main())


@program('set() wakes all that wait, in the order in which they came')
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


@program('who comes after it was cleared waits for the next time')
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


@program('in a pulse, a waiter that comes back waits for the next one')
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


@program('where it stays set, a waiter that comes back does not wait')
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


@program('a waiter that is cancelled is not woken, the others are')
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


@program('a woken waiter that is cancelled wakes nobody in its place')
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


@program('the time runs out, and a later set() disturbs nobody')
def _(log):
    async def main():
        event = Event()
        await outcome(log, 'in time', wait_for(event.wait(), 10))
        event.set()
        await outcome(log, 'again', wait_for(event.wait(), 10))
        log(get_running_loop().time())

    run(main())


@program('it is set in the turn in which the time is over')
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


@program('an event can be made and set where no loop runs')
def _(log):
    event = Event()
    event.set()
    log(run(event.wait()))
    event.clear()
    log(event.is_set())


@program('an event belongs to the loop in which somebody first waited for it')
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


@program('one event leads to the next')
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


@program('eager tasks wait as others do, and do not when it is set')
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


@program('of the first of several events, the others are left')
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


@program('without the lock, there is no wait and no notification')
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


@program('with the lock, nobody to notify is no error, and nobody is told of it later')
def _(log):
    async def main():
        condition = Condition()
        await condition.acquire()
        log(condition.notify(), condition.notify(5), condition.notify(0), condition.notify_all(), condition.locked())
        condition.release()
        await outcome(log, 'main', wait_for(wait_inside(condition), 10))
        log(condition.locked())

    run(main())


@program('a wait gives the lock away, and has it again when it comes back')
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


@program('those who are notified go on one after the other, in the order in which they came')
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


@program('where nobody else wants the lock, all who were notified go on in the next turn')
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


@program('as many are notified as is said')
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


@program('notified twice in one step, two of them go on')
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


@program('one that is notified stands behind those who ask for the lock already')
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


@program('the lock that it is given is the one that it uses')
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


@program('it is enough that somebody has the lock')
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


@program('waitFor() of what is true already takes no turn, and needs no lock')
def _(log):
    async def main():
        condition = Condition()
        ticker(log, 1)
        log(await condition.wait_for(lambda: 'a value'))
        await sleep(0)

    run(main())


@program('waitFor() looks again at each notification, and gives what it finds')
def _(log):
    state = {'value': 0}

    async def waiter(condition, least):
        def enough():
            log('looks', least, state['value'])
            return state['value'] if state['value'] >= least else None

        async with condition:
            return await condition.wait_for(enough)

    async def main():
        condition = Condition()
        tasks = [start(log, f'at least {n}', waiter(condition, n)) for n in (2, 1)]
        await turns(2)
        for value in (0, 1, 3):
            async with condition:
                state['value'] = value
                condition.notify_all()
            await turns(5)
        await wait(tasks)

    run(main())


@program('when the predicate fails, the lock is taken')
def _(log):
    def fail():
        raise Boom

    async def main():
        condition = Condition()
        await condition.acquire()
        await outcome(log, 'at once', condition.wait_for(fail))
        log(condition.locked())
        looks = iter([lambda: False, fail])
        a = start(log, 'later', condition.wait_for(lambda: next(looks)()))
        await sleep(0)
        await notify(condition)
        await a
        log(condition.locked())

    run(main())


@program('what was true when it was notified may be so no more when it looks')
def _(log):
    items = []

    async def consumer(condition):
        async with condition:
            await condition.wait_for(lambda: items)
            return items.pop(0)

    async def main():
        condition = Condition()
        a = start(log, 'a', consumer(condition))
        await sleep(0)
        async with condition:
            thief = start(log, 'thief', consumer(condition))
            await sleep(0)
            items.append('first')
            condition.notify()
        await thief
        await turns(5)
        log(a.done())
        async with condition:
            items.append('second')
            condition.notify()
        await a

    run(main())


@program('cancelled while it waits, it takes the lock before it gets the error')
def _(log):
    async def waiter(condition):
        async with condition:
            try:
                await condition.wait()
            except CancelledError as error:
                log(error, message(error), condition.locked(), get_running_loop().time())
                raise

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(0)
        async with condition:
            task.cancel('no more')
            await sleep(10)
            log(task.done())
        await outcome(log, 'task', task)
        log(condition.locked())

    run(main())


@program('cancelled while the lock is free, it gets the error in its turn')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        ticker(log, 2)
        a.cancel()
        await a
        log(condition.locked())

    run(main())


@program('cancelled again and again while it takes the lock, it holds out, and gets the last error')
def _(log):
    async def waiter(condition):
        async with condition:
            try:
                await condition.wait()
            except CancelledError as error:
                log(error, message(error), condition.locked(), current_task().cancelling())

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(0)
        async with condition:
            for i in range(4):
                log(task.cancel(f'number {i}'))
                await turns(2)
            log(task.done())
        await task
        log(condition.locked())

    run(main())


@program('cancelled in each turn, it stands at the end of the line again each time')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        await condition.acquire()
        a.cancel()
        await sleep(0)
        b = start(log, 'b', condition.acquire())
        await sleep(0)
        a.cancel()
        await sleep(0)
        condition.release()
        await b
        log(a.done())
        condition.release()
        await a

    run(main())


@program('cancelled when the lock is about to be taken again, it stands in line once more')
def _(log):
    async def main():
        condition = Condition()
        a = start(log, 'a', wait_inside(condition))
        await sleep(0)
        async with condition:
            condition.notify()
            await sleep(0)
            b = start(log, 'b', hold(log, 'b', condition, 10))
            await sleep(0)
        a.cancel()
        ticker(log, 3)
        await wait([a, b])
        log(condition.locked(), get_running_loop().time())

    run(main())


@program('notified and cancelled in one step: another one is notified instead')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        async with condition:
            condition.notify()
            a.cancel()
        await wait([a, b])
        await turns(3)
        log(c.done())
        await notify(condition)
        await c

    run(main())


@program('notified, and cancelled on the way to the lock: another one is notified instead')
def _(log):
    async def main():
        condition = Condition()
        a, b = line_up(log, lambda: wait_inside(condition), 'a', 'b')
        await turns(2)
        async with condition:
            condition.notify()
            await turns(3)
            a.cancel()
            await turns(3)
            log(a.done(), b.done())
        await wait([a, b])
        log(condition.locked())

    run(main())


@program('cancelled first and notified then, the next one gets it, and one more wakes for nothing')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        async with condition:
            a.cancel()
            condition.notify()
        await wait([a, b, c])

    run(main())


@program('a waiter that is cancelled wakes another one, for nothing')
def _(log):
    async def main():
        condition = Condition()
        a, b, c = line_up(log, lambda: wait_inside(condition), 'a', 'b', 'c')
        await turns(2)
        a.cancel()
        await a
        await turns(3)
        log(b.done(), c.done())
        await notify(condition)
        await wait([b, c])

    run(main())


@program('who looks again is not misled by that')
def _(log):
    async def main():
        state = {'ready': False}
        condition = Condition()

        async def waiter():
            async with condition:
                return await condition.wait_for(lambda: state['ready'])

        a, b, c = line_up(log, waiter, 'a', 'b', 'c')
        await turns(2)
        a.cancel()
        await turns(5)
        log(a.done(), b.done(), c.done())
        async with condition:
            state['ready'] = True
            condition.notify_all()
        await wait([b, c])

    run(main())


@program('all who were notified are cancelled: the rest of the line is woken in their place')
def _(log):
    async def main():
        condition = Condition()
        a, b, c, d, e = line_up(log, lambda: wait_inside(condition), *'abcde')
        await turns(2)
        async with condition:
            condition.notify(2)
            a.cancel()
            b.cancel()
        await wait([a, b, c, d])
        await turns(3)
        log(e.done())
        await notify_all(condition)
        await e

    run(main())


@program('notifyAll() after some were cancelled')
def _(log):
    async def main():
        condition = Condition()
        tasks = line_up(log, lambda: wait_inside(condition), *'abcd')
        await turns(2)
        tasks[0].cancel()
        tasks[2].cancel()
        await notify_all(condition)
        await wait(tasks)
        log(condition.locked())

    run(main())


@program('the time runs out, but the lock has to be taken first')
def _(log):
    async def waiter(condition):
        async with condition:
            await outcome(log, 'wait', wait_for(condition.wait(), 10))
            log(condition.locked(), get_running_loop().time())

    async def main():
        condition = Condition()
        task = create_task(waiter(condition))
        await sleep(5)
        async with condition:
            await sleep(20)
        await task

    run(main())


@program('a timeout around a condition, and the notification in the same turn')
def _(log):
    async def waiter(condition):
        async with timeout(10):
            await wait_inside(condition)

    async def main():
        loop = get_running_loop()
        condition = Condition()

        def notify_now():
            loop.create_task(notify(condition))

        loop.call_later(10, notify_now)
        a, b = start(log, 'a', waiter(condition)), start(log, 'b', wait_inside(condition))
        await wait([a, b])
        log(condition.locked(), loop.time())

    run(main())


@program('who swallows its cancellation has the lock, and may wait again')
def _(log):
    async def stubborn(condition):
        async with condition:
            await outcome(log, 'first', condition.wait())
            log(condition.locked(), current_task().uncancel())
            await outcome(log, 'second', condition.wait())
        return 'done'

    async def main():
        condition = Condition()
        task = start(log, 'task', stubborn(condition))
        await sleep(0)
        task.cancel()
        await turns(3)
        log(condition.locked())
        await notify(condition)
        await task

    run(main())


@program('plain code may notify, while somebody has the lock')
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


@program('those who make and those who use pass things on through a place for one')
def _(log):
    place = []

    async def producer(condition, items):
        for item in items:
            async with condition:
                await condition.wait_for(lambda: not place)
                place.append(item)
                log('in', item)
                condition.notify_all()

    async def consumer(condition, name):
        for _ in range(2):
            async with condition:
                await condition.wait_for(lambda: place)
                log(name, 'out', place.pop())
                condition.notify_all()

    async def main():
        condition = Condition()
        await gather(producer(condition, 'abcd'), consumer(condition, 'one'), consumer(condition, 'two'))

    run(main())


@program('eager tasks wait for a condition in the order in which they were made')
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


@program('a body that fails gives the lock back')
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


@program('a condition belongs to the loop in which somebody first waited for it')
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


@program('refused in another loop, a wait does not give the lock away')
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
