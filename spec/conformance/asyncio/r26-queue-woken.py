"""R26, woken: a woken getter or putter checks again, for others may have been faster."""
from asyncio import Queue, get_running_loop, sleep, timeout, wait, wait_for

from crew import line_up, start, turns
from programs import program
from queues import drained, filled, sizes
from virtual import run
from witness import outcome


@program('stolen and replaced: the first in line takes the item, the second was woken in vain')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('stolen')
        log(queue.get_nowait())
        queue.put_nowait('left')
        await a
        await turns(3)
        log(b.done(), sizes(queue))
        queue.put_nowait('more')
        await b

    run(main())


@program('several items taken in one step let as many putters in')
def _(log):
    async def main():
        queue = filled(Queue(2), ['x', 'y'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await sleep(0)
        log(drained(queue))
        await turns(2)
        log([task.done() for task in putters], sizes(queue))
        log(drained(queue))
        await wait(putters)

    run(main())


@program('after a timeout, the item that comes later is for another getter')
def _(log):
    async def main():
        queue = Queue()
        await outcome(log, 'get', wait_for(queue.get(), 10))
        queue.put_nowait('item')
        await outcome(log, 'get', wait_for(queue.get(), 10))
        full = filled(Queue(1), ['item'])
        await outcome(log, 'put', wait_for(full.put('lost'), 10))
        log(drained(full), get_running_loop().time())

    run(main())


@program('an item that comes in the turn of the deadline stays in the queue')
def _(log):
    async def getter(queue):
        async with timeout(10):
            return await queue.get()

    async def main():
        loop = get_running_loop()
        for item_first in (True, False):
            queue = Queue()
            if item_first:
                loop.call_later(10, queue.put_nowait, 'item')
            task = start(log, 'getter', getter(queue))
            await sleep(0)
            if not item_first:
                loop.call_later(10, queue.put_nowait, 'item')
            await task
            await sleep(0)
            log(drained(queue), loop.time())

    run(main())


@program('with a timeout of zero, not even a waiting item is taken')
def _(log):
    async def main():
        queue = filled(Queue(2), ['item'])
        await outcome(log, 'get', wait_for(queue.get(), 0))
        await outcome(log, 'put', wait_for(queue.put('another'), 0))
        log(drained(queue))

    run(main())
