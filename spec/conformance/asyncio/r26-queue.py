"""R26: A queue keeps its order and holds as many items as its size says. A getter waits for an item, a putter for
room.
"""
from asyncio import (
    LifoQueue, PriorityQueue, Queue, QueueEmpty, eager_task_factory, gather, get_running_loop, sleep, wait, wait_for,
)

from crew import line_up, start, turns
from probes import attempt
from programs import program, table
from queues import drained, filled, sizes
from virtual import run
from witness import outcome, ticker


@program('with an item to get, or room to put, nobody waits')
def _(log):
    async def main():
        queue = Queue(2)
        ticker(log, 1)
        await queue.put('a')
        await queue.put('b')
        log(await queue.get(), await queue.get())
        await sleep(0)

    run(main())


@program('items come out in the order in which they were put in')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b', 'c'])
        log(sizes(queue))
        await queue.put('d')
        log(await queue.get(), queue.get_nowait(), drained(queue), sizes(queue))

    run(main())


@program('without a size, or with zero or less, it holds any number')
def _(log):
    for queue in [Queue(), Queue(0), Queue(-3), LifoQueue(), PriorityQueue()]:
        filled(queue, range(100))
        log(queue.maxsize, sizes(queue))


@program('it is full when it holds as many items as its size says')
def _(log):
    queue = Queue(2)
    for i in range(2):
        log(queue.maxsize, sizes(queue))
        queue.put_nowait(i)
    log(sizes(queue))
    attempt(log, lambda: queue.put_nowait(2))
    log(drained(queue), sizes(queue))


@program('a size may be a fraction')
def _(log):
    async def main():
        queue = filled(Queue(1.5), ['a'])
        log(queue.maxsize, sizes(queue))
        await queue.put('b')
        log(sizes(queue))
        await outcome(log, 'c', wait_for(queue.put('c'), 10))

    run(main())


@program('an empty queue has nothing to give, and says so')
def _(log):
    for queue in [Queue(), LifoQueue(), PriorityQueue()]:
        attempt(log, queue.get_nowait)
        log(sizes(queue))


@program('None is an item too')
def _(log):
    async def main():
        queue = Queue(1)
        getter = start(log, 'getter', queue.get())
        await sleep(0)
        await queue.put(None)
        await getter
        queue.put_nowait(False)
        log(sizes(queue), await queue.get())

    run(main())


@program('getters get their items in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = Queue()
        getters = line_up(log, queue.get, 'a', 'b', 'c')
        await turns(2)
        ticker(log, 2)
        for item in (1, 2, 3):
            queue.put_nowait(item)
        log(sizes(queue))
        await wait(getters)
        log(sizes(queue))

    run(main())


@program('putters get room in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await turns(2)
        ticker(log, 6)
        for _ in range(4):
            log(await queue.get(), sizes(queue))
        await wait(putters)

    run(main())


@table({
    'with room for one item, producer and consumer alternate': dict(size=1, count=4, first='maker'),
    'with room for any number, the producer runs ahead': dict(size=0, count=3, first='user'),
})
def _(log, size, count, first):
    async def maker(queue):
        for i in range(count):
            await queue.put(i)
            log('made', i)

    async def user(queue):
        for _ in range(count):
            log('used', await queue.get())

    async def main():
        queue = Queue(size)
        make, use = maker(queue), user(queue)
        await (gather(make, use) if first == 'maker' else gather(use, make))

    run(main())


@program('as many getters are woken as there are items')
def _(log):
    async def main():
        queue = Queue()
        getters = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        filled(queue, [1, 2])
        await turns(3)
        log([task.done() for task in getters])
        queue.put_nowait(3)
        await wait(getters)

    run(main())


@program('plain code puts and gets, with and without a running loop')
def _(log):
    queue = filled(Queue(), ['before'])

    async def main():
        loop = get_running_loop()
        loop.call_later(10, queue.put_nowait, 'later')
        log(await queue.get(), loop.time())
        log(await queue.get(), loop.time())
        queue.put_nowait('after')

    run(main())
    log(drained(queue))


@program('polling asks again until there is an item')
def _(log):
    async def poll(queue):
        while True:
            try:
                return queue.get_nowait()
            except QueueEmpty as error:
                log(error, get_running_loop().time())
                await sleep(4)

    async def main():
        queue = Queue()
        get_running_loop().call_later(10, queue.put_nowait, 'item')
        log(await poll(queue), get_running_loop().time())

    run(main())


@program('a queue belongs to the loop in which a task first had to wait')
def _(log):
    async def late(queue):
        get_running_loop().call_later(10, queue.put_nowait, 'late')
        return await wait_for(queue.get(), 20)

    async def at_once(queue):
        await queue.put('at once')
        return await queue.get()

    queue = Queue()
    log(run(at_once(queue)), run(at_once(queue)), run(late(queue)), run(at_once(queue)))
    run(outcome(log, 'elsewhere', late(queue)))
    log(sizes(queue))


@program('the same holds for all that wait: for items, for room, or for the end of all work')
def _(log):
    async def get(queue):
        await outcome(log, 'get', wait_for(queue.get(), 10))

    async def put(queue):
        await outcome(log, 'put', wait_for(queue.put('two'), 10))

    async def join(queue):
        await outcome(log, 'join', wait_for(queue.join(), 10))

    queue = Queue(1)
    run(get(queue))
    queue.put_nowait('one')
    run(put(queue))
    run(join(queue))
    run(join(queue))
    full = filled(Queue(1), ['one'])
    run(put(full))
    run(put(full))
    full.get_nowait()
    run(get(full))
