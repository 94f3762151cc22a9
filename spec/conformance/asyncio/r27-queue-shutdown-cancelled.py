"""R27, cancelled: a task that is cancelled and told of the shutdown in one step is cancelled."""
from asyncio import Queue, get_running_loop, sleep, wait, wait_for

from crew import line_up, start
from probes import attempt
from programs import program
from queues import filled, sizes
from virtual import run


@program('a getter is cancelled, whichever came first')
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


@program('a putter is cancelled, whichever came first')
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


@program('cancelled after it was told, a getter does not take the item that is left')
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


@program('the deadline passes in the turn of the shutdown')
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


@program('a joiner is cancelled during a shutdown at once')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        one, two = line_up(log, queue.join, 'one', 'two')
        await sleep(0)
        queue.shutdown(immediate=True)
        one.cancel()
        await wait([one, two])

    run(main())
