"""R26, cancelled: a cancelled getter or putter leaves the line, and passes on what it was woken for."""
from asyncio import CancelledError, Queue, current_task, gather, sleep, wait

from crew import line_up, start, turns
from programs import program, table
from queues import drained, filled, sizes
from virtual import run
from witness import message, outcome, ticker


@program('a getter cancelled in line is passed over')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        a.cancel()
        await turns(2)
        queue.put_nowait('item')
        await b
        log(sizes(queue))

    run(main())


@table({
    'cancelled before the item: the next getter is woken at once': dict(cancelled_first=True),
    'cancelled after the item: the woken getter passes it on': dict(cancelled_first=False),
})
def _(log, cancelled_first):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        if cancelled_first:
            a.cancel()
        queue.put_nowait('item')
        if not cancelled_first:
            a.cancel()
        await wait([a, b])
        await sleep(0)

    run(main())


@program('woken and cancelled with nobody behind: the item stays')
def _(log):
    async def main():
        queue = Queue()
        a = start(log, 'a', queue.get())
        await sleep(0)
        queue.put_nowait('item')
        a.cancel()
        await a
        log(sizes(queue), await queue.get())

    run(main())


@program('woken and cancelled, and the item stolen: nobody else is woken')
def _(log):
    async def main():
        queue = Queue()
        a, b, c = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        queue.put_nowait('item')
        log(queue.get_nowait())
        a.cancel()
        await a
        await turns(3)
        log(b.done(), c.done())
        filled(queue, ['another', 'the last'])
        await wait([b, c])

    run(main())


@program('one of two woken getters is cancelled: no item is lost')
def _(log):
    async def main():
        for victim in range(2):
            queue = Queue()
            tasks = line_up(log, queue.get, 'a', 'b', 'c')
            await sleep(0)
            filled(queue, [1, 2])
            tasks[victim].cancel()
            await wait(tasks)
            log(sizes(queue))

    run(main())


@program('when all getters are cancelled, an item that is put in stays')
def _(log):
    async def main():
        queue = Queue()
        tasks = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        for task in tasks:
            task.cancel()
        queue.put_nowait('item')
        await wait(tasks)
        log(drained(queue))

    run(main())


@program('woken and cancelled one after the other, the item passes from one to the next')
def _(log):
    async def main():
        queue = Queue()
        tasks = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        queue.put_nowait('item')
        for task in tasks[:2]:
            task.cancel()
            await sleep(0)
        await wait(tasks)

    run(main())


@program('cancelled while it waits for room, its item is never put in')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        a.cancel()
        await turns(2)
        log(await queue.get())
        await b
        log(drained(queue))

    run(main())


@table({
    'cancelled before there is room: the next putter is woken at once': dict(cancelled_first=True),
    'cancelled after there is room: the woken putter passes it on': dict(cancelled_first=False),
})
def _(log, cancelled_first):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        ticker(log, 3)
        if cancelled_first:
            a.cancel()
        log(queue.get_nowait())
        if not cancelled_first:
            a.cancel()
        await wait([a, b])
        log(drained(queue))

    run(main())


@program('two putters woken and one of them cancelled: its room is for the third')
def _(log):
    async def main():
        queue = filled(Queue(2), ['x', 'y'])
        a, b, c = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await sleep(0)
        log(queue.get_nowait(), queue.get_nowait())
        a.cancel()
        await turns(3)
        log(a.done(), b.done(), c.done(), sizes(queue))
        log(drained(queue))

    run(main())


@program('cancelling a gather() of getters takes them all out of the line')
def _(log):
    async def main():
        queue = Queue()
        both = gather(outcome(log, 'a', queue.get()), outcome(log, 'b', queue.get()))
        c = start(log, 'c', queue.get())
        await sleep(0)
        queue.put_nowait('item')
        both.cancel()
        await c
        await outcome(log, 'both', both)
        log(sizes(queue))

    run(main())
