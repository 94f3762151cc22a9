"""R27, at once: what is in the queue is thrown away, and counts as done."""
from asyncio import Queue, sleep, wait

from crew import line_up, start, turns
from probes import attempt
from programs import program
from queues import filled, sizes
from virtual import run
from witness import outcome, ticker


@program('what is in it is thrown away')
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


@program('a getter that was woken before does not get its item')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('item')
        queue.shutdown(True)
        await wait([a, b])

    run(main())


@program('a putter finds room, but is told of the shutdown')
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


@program('those that join are let go if nobody is at work')
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


@program('what was taken out still has to be done')
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


@program('what was reported as done too early is not counted twice')
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


@program('shut down twice, the second time at once')
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


@program('those that join are told before putters')
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


@program('those that join are told before getters')
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
