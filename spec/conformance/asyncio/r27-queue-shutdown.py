"""R27: a queue that is shut down takes nothing more; what is in it can still be had, unless it is to end at once."""
from asyncio import (
    LifoQueue, PriorityQueue, Queue, QueueShutDown, create_task, eager_task_factory, gather, get_running_loop, sleep,
    wait, wait_for,
)

from crew import line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import outcome, ticker


def filled(queue, items):
    """The queue, with these in it."""
    for item in items:
        queue.put_nowait(item)
    return queue


def sizes(queue):
    """How many are in it, and whether it is empty or full."""
    return [queue.qsize(), queue.empty(), queue.full()]


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


@program('that it is shut down goes before that it is full or empty')
def _(log):
    full, empty = filled(Queue(1), ['a']), Queue(1)
    attempt(log, lambda: full.put_nowait('b'))
    attempt(log, empty.get_nowait)
    full.shutdown()
    empty.shutdown()
    attempt(log, lambda: full.put_nowait('b'))
    attempt(log, empty.get_nowait)
    log(sizes(full), sizes(empty))


@program('shut down while it is full, a put does not wait for room')
def _(log):
    async def main():
        queue = filled(Queue(1), ['a'])
        queue.shutdown()
        ticker(log, 1)
        await outcome(log, 'put', queue.put('b'))
        await sleep(0)

    run(main())


@program('those who wait for items are told in the next turn, in the order in which they came')
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


@program('those who wait for room are told in the next turn, in the order in which they came')
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


@program('who waits for room is not let in by an item taken out afterwards')
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


@program('who was given room before it was shut down, but has not used it, comes too late')
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


@program('who was woken for an item before it was shut down gets it')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('item')
        queue.shutdown()
        await wait([a, b])

    run(main())


@program('who was woken for an item before all was thrown away does not')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('item')
        queue.shutdown(True)
        await wait([a, b])

    run(main())


@program('at once: what is in it is thrown away')
def _(log):
    async def main():
        queue = filled(Queue(2), ['a', 'b'])
        queue.shutdown(True)
        log(sizes(queue))
        attempt(log, queue.get_nowait)
        attempt(log, lambda: queue.put_nowait('c'))
        await outcome(log, 'get', queue.get())
        await outcome(log, 'put', queue.put('c'))
        await outcome(log, 'join', queue.join())

    run(main())


@program('at once: who waits for room finds it, and is told all the same')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'ab']
        await sleep(0)
        ticker(log, 2)
        queue.shutdown(True)
        log(sizes(queue))
        await wait(putters)
        log(sizes(queue))

    run(main())


@program('at once: those who wait for the end of all work are let go, if nobody is at work')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        joiners = line_up(log, queue.join, 'one', 'two')
        await turns(2)
        ticker(log, 2)
        queue.shutdown(True)
        await wait(joiners)
        attempt(log, queue.task_done)

    run(main())


@program('at once: what was taken out has to be done still')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b', 'c'])
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        log(await queue.get())
        queue.shutdown(immediate=True)
        await turns(3)
        log(joiner.done())
        queue.task_done()
        await joiner
        attempt(log, queue.task_done)

    run(main())


@program('at once: what was said to be done too early is not counted twice')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        queue.task_done()
        queue.task_done()
        await outcome(log, 'join', queue.join())
        queue.shutdown(True)
        attempt(log, queue.task_done)
        await outcome(log, 'join', queue.join())
        log(sizes(queue))

    run(main())


@program('not at once: those who wait for the end of all work go on waiting for it')
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


@program('not at once: what is never taken out is waited for')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        queue.shutdown()
        await outcome(log, 'join', wait_for(queue.join(), 10))
        queue.shutdown(True)
        await outcome(log, 'join', wait_for(queue.join(), 10))
        log(get_running_loop().time())

    run(main())


@program('shut down twice, and at once after all')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        log(queue.shutdown(), queue.shutdown(), sizes(queue))
        log(await queue.get())
        log(queue.shutdown(immediate=True), sizes(queue))
        queue.shutdown()
        await outcome(log, 'get', queue.get())
        queue.task_done()
        await outcome(log, 'join', queue.join())

    run(main())


@program('who waits for the end of all work is told before who waits for room')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putter = start(log, 'putter', queue.put('second'))
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        ticker(log, 2)
        queue.shutdown(True)
        getter = start(log, 'getter', queue.get())
        await wait([joiner, putter, getter])

    run(main())


@program('who waits for the end of all work is told before who waits for an item')
def _(log):
    async def main():
        queue = filled(Queue(), ['first'])
        log(await queue.get())
        a, b = line_up(log, queue.get, 'a', 'b')
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        queue.put_nowait('item')
        queue.task_done()
        queue.shutdown(True)
        await wait([a, b, joiner])

    run(main())


@program('who waits for an item is told before who waits for room')
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


@program('shut down with an item on the way, everything in one step')
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


@program('cancelled and shut down in one step, one that waits is cancelled, whichever came first')
def _(log):
    async def main():
        for cancel_first in (True, False):
            queue = Queue()
            a, b = line_up(log, queue.get, 'a', 'b')
            await sleep(0)
            if cancel_first:
                a.cancel()
            queue.shutdown()
            a.cancel()
            await wait([a, b])

    run(main())


@program('the same with one that waits for room')
def _(log):
    async def main():
        for cancel_first in (True, False):
            queue = filled(Queue(1), ['first'])
            a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
            await sleep(0)
            if cancel_first:
                a.cancel()
            queue.shutdown(immediate=True)
            a.cancel()
            await wait([a, b])
            log(sizes(queue))

    run(main())


@program('cancelled when it was told, one that waited with an item left does not take it')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('item')
        queue.shutdown()
        a.cancel()
        await wait([a, b])
        log(sizes(queue))

    run(main())


@program('the time is over in the turn in which it is shut down')
def _(log):
    async def main():
        loop = get_running_loop()
        for shut_first in (True, False):
            queue = Queue()
            if shut_first:
                loop.call_later(10, queue.shutdown)
            task = start(log, 'getter', wait_for(queue.get(), 10))
            await sleep(0)
            if not shut_first:
                loop.call_later(10, queue.shutdown)
            await task
            await sleep(0)
            attempt(log, queue.get_nowait)

    run(main())


@program('workers end when there is nothing left')
def _(log):
    async def worker(name, queue):
        try:
            while True:
                ms = await queue.get()
                await sleep(ms)
                log(name, 'did', ms, 'at', get_running_loop().time())
                queue.task_done()
        except QueueShutDown:
            return f'{name} ends at {get_running_loop().time()}'

    async def main():
        queue = filled(Queue(), [10, 20, 5])
        workers = [create_task(worker(name, queue)) for name in 'ab']
        await sleep(1)
        queue.put_nowait(3)
        queue.shutdown()
        await queue.join()
        log(await gather(*workers))

    run(main())


@program('workers who are told to end at once finish what they have begun')
def _(log):
    async def worker(name, queue):
        try:
            while True:
                ms = await queue.get()
                await sleep(ms)
                log(name, 'did', ms, 'at', get_running_loop().time())
                queue.task_done()
        except QueueShutDown as error:
            log(name, error, get_running_loop().time())

    async def main():
        queue = filled(Queue(), [10, 20, 5, 7])
        workers = [create_task(worker(name, queue)) for name in 'ab']
        await sleep(1)
        queue.shutdown(immediate=True)
        await queue.join()
        log('joined', get_running_loop().time())
        await wait(workers)

    run(main())


@program('the maker says when it is over')
def _(log):
    async def maker(queue):
        for item in 'abcde':
            await queue.put(item)
        queue.shutdown()
        log('no more')

    async def user(name, queue):
        got = []
        try:
            while True:
                got.append(await queue.get())
                await sleep(1)
        except QueueShutDown:
            log(name, got, get_running_loop().time())

    async def main():
        queue = Queue(2)
        await gather(maker(queue), user('one', queue), user('two', queue))

    run(main())


@program('the user says when it has enough')
def _(log):
    async def maker(queue):
        made = 0
        try:
            while True:
                await queue.put(made)
                made += 1
        except QueueShutDown as error:
            log(error, made)

    async def main():
        queue = Queue(2)
        task = create_task(maker(queue))
        log([await queue.get() for _ in range(5)])
        queue.shutdown(immediate=True)
        await task
        log(sizes(queue))

    run(main())


@program('of a gather(), one is told, and the others with it')
def _(log):
    async def main():
        queue = Queue()
        both = gather(queue.get(), queue.get(), sleep(20, 'slept'), return_exceptions=True)
        await sleep(10)
        queue.put_nowait('item')
        queue.shutdown()
        log(await both, get_running_loop().time())

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


@program('a subclass is asked for each item that is thrown away')
def _(log):
    class Telling(Queue):
        def _get(self):
            item = super()._get()
            log('out', item)
            return item

    async def main():
        queue = filled(Telling(), ['a', 'b', 'c'])
        log(await queue.get())
        queue.shutdown()
        log('not yet')
        queue.shutdown(immediate=True)

    run(main())


@program('it can be shut down where no loop runs, and by plain code')
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


@program('with nothing to do, join() of what is shut down takes no turn')
def _(log):
    async def main():
        queue = Queue()
        queue.shutdown()
        ticker(log, 1)
        log(await queue.join())
        attempt(log, queue.task_done)
        await sleep(0)

    run(main())


@program('a joiner that is cancelled while it is shut down at once')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        one, two = line_up(log, queue.join, 'one', 'two')
        await sleep(0)
        queue.shutdown(immediate=True)
        one.cancel()
        await wait([one, two])

    run(main())
