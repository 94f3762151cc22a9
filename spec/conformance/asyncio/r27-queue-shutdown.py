"""R27: A queue that is shut down takes no more items. What is in it can still be taken, unless it is shut down at
once (asyncio since Python 3.13).
"""
from asyncio import LifoQueue, PriorityQueue, Queue, eager_task_factory, get_running_loop, sleep, wait, wait_for

from crew import line_up, start, turns
from probes import attempt
from programs import program
from queues import filled, sizes
from virtual import run
from witness import outcome, ticker


@program('nothing can be put in any more')
def _(log):
    async def main():
        queue = filled(Queue(2), ['a'])
        queue.shutdown()
        ticker(log, 1)
        attempt(log, lambda: queue.put_nowait('b'))
        await outcome(log, 'put', queue.put('b'))
        log(sizes(queue))
        await sleep(0)

    run(main())


@program('what is in it can be taken out, and then there is an end')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b', 'c'])
        queue.shutdown()
        log(await queue.get(), queue.get_nowait(), await queue.get(), sizes(queue))
        ticker(log, 1)
        attempt(log, queue.get_nowait)
        await outcome(log, 'get', queue.get())
        await sleep(0)

    run(main())


@program('a queue that is shut down says so rather than that it is full or empty')
def _(log):
    full, empty = filled(Queue(1), ['a']), Queue(1)
    attempt(log, lambda: full.put_nowait('b'))
    attempt(log, empty.get_nowait)
    full.shutdown()
    empty.shutdown()
    attempt(log, lambda: full.put_nowait('b'))
    attempt(log, empty.get_nowait)
    log(sizes(full), sizes(empty))


@program('in a full queue that is shut down, a put does not wait for room')
def _(log):
    async def main():
        queue = filled(Queue(1), ['a'])
        queue.shutdown()
        ticker(log, 1)
        await outcome(log, 'put', queue.put('b'))
        await sleep(0)

    run(main())


@program('getters are told in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = Queue()
        getters = line_up(log, queue.get, 'a', 'b', 'c')
        await turns(2)
        ticker(log, 2)
        queue.shutdown()
        log('shut down')
        await wait(getters)

    run(main())


@program('putters are told in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await turns(2)
        ticker(log, 2)
        queue.shutdown()
        log('shut down')
        await wait(putters)
        log(sizes(queue), await queue.get())

    run(main())


@program('an item taken out afterwards does not let a putter in')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putter = start(log, 'putter', queue.put('second'))
        await sleep(0)
        queue.shutdown()
        log(queue.get_nowait())
        await putter
        log(sizes(queue))

    run(main())


@program('a putter that was given room before, but has not used it, comes too late')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putter = start(log, 'putter', queue.put('second'))
        await sleep(0)
        log(queue.get_nowait())
        queue.shutdown()
        await putter
        log(sizes(queue))
        await outcome(log, 'get', queue.get())

    run(main())


@program('a getter that was woken before gets its item')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('item')
        queue.shutdown()
        await wait([a, b])

    run(main())


@program('those that join go on waiting for the end of all work')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        queue.shutdown()
        for _ in range(2):
            log(await queue.get())
            await turns(2)
            log(joiner.done())
            queue.task_done()
        await joiner
        await outcome(log, 'get', queue.get())

    run(main())


@program('join() waits for what is never taken out')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        queue.shutdown()
        await outcome(log, 'join', wait_for(queue.join(), 10))
        queue.shutdown(True)
        await outcome(log, 'join', wait_for(queue.join(), 10))
        log(get_running_loop().time())

    run(main())


@program('getters are told before putters')
def _(log):
    async def main():
        queue = Queue(1)
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        putter = start(log, 'putter', queue.put('another'))
        get_running_loop().call_soon(queue.shutdown)
        queue.put_nowait('item')
        await wait([a, b, putter])

    run(main())


@program('shut down with an item on the way, all in one step')
def _(log):
    async def main():
        queue = Queue(1)
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        putter = start(log, 'putter', queue.put('late'))
        queue.put_nowait('in time')
        queue.shutdown()
        await wait([a, b, putter])
        queue.task_done()
        await outcome(log, 'join', queue.join())

    run(main())


@program('the last in is the first out, and the least comes first, to the end')
def _(log):
    async def main():
        for queue in [LifoQueue(), PriorityQueue()]:
            filled(queue, [2, 3, 1])
            queue.shutdown()
            log([await queue.get() for _ in range(3)])
            await outcome(log, 'get', queue.get())
        for queue in [LifoQueue(1), PriorityQueue(1)]:
            filled(queue, [1])
            putter = start(log, 'putter', queue.put(0))
            await sleep(0)
            queue.shutdown(immediate=True)
            await putter
            log(sizes(queue))
            await outcome(log, 'join', queue.join())

    run(main())


@program('it can be shut down without a running loop, and by plain code')
def _(log):
    async def main(queue):
        get_running_loop().call_later(10, queue.shutdown)
        await outcome(log, 'get', queue.get())
        log(get_running_loop().time())

    queue = filled(Queue(), ['a'])
    queue.shutdown()
    log(queue.get_nowait())
    attempt(log, queue.get_nowait)
    run(main(queue))
    run(main(Queue()))


@program('eager tasks are told at once')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        queue = Queue()
        a = start(log, 'a', queue.get())
        queue.shutdown()
        b, c = start(log, 'b', queue.get()), start(log, 'put c', queue.put('c'))
        log(a.done(), b.done(), c.done())
        await a

    run(main())


@program('with nothing to do, join() of a queue that is shut down takes no turn')
def _(log):
    async def main():
        queue = Queue()
        queue.shutdown()
        ticker(log, 1)
        log(await queue.join())
        attempt(log, queue.task_done)
        await sleep(0)

    run(main())
