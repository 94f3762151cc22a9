"""R26, `join()`: it waits until each item that was put in is reported as done."""
from asyncio import Queue, create_task, gather, get_running_loop, sleep, wait, wait_for

from crew import line_up, start, turns
from probes import attempt
from programs import program
from queues import drained, filled, sizes
from virtual import run
from witness import outcome, ticker


@program('with nothing to do, join() takes no turn')
def _(log):
    async def main():
        queue = Queue()
        ticker(log, 1)
        log(await queue.join())
        queue.put_nowait('item')
        queue.get_nowait()
        queue.task_done()
        log(await queue.join())
        await sleep(0)

    run(main())


@program('join() waits until each item is done, not only taken out')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        joiners = line_up(log, queue.join, 'one', 'two')
        await sleep(0)
        log(drained(queue))
        queue.task_done()
        await turns(2)
        log([task.done() for task in joiners])
        ticker(log, 2)
        queue.task_done()
        await wait(joiners)

    run(main())


@program('more is reported as done than was put in')
def _(log):
    async def main():
        queue = Queue()
        attempt(log, queue.task_done)
        queue.put_nowait('item')
        attempt(log, queue.task_done)
        attempt(log, queue.task_done)
        log(sizes(queue))
        queue.put_nowait('another')
        attempt(log, queue.task_done)
        attempt(log, queue.task_done)

    run(main())


@program('join() continues even if something new was put in after the last item was done')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        queue.task_done()
        queue.put_nowait('b')
        await joiner
        await outcome(log, 'again', wait_for(queue.join(), 10))
        queue.task_done()
        await outcome(log, 'at last', queue.join())

    run(main())


@program('join() may time out or be cancelled')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        await outcome(log, 'join', wait_for(queue.join(), 10))
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        joiner.cancel()
        queue.task_done()
        await joiner
        await outcome(log, 'join', queue.join())

    run(main())


@program('workers share the items, and are cancelled when all are done')
def _(log):
    async def worker(name, queue):
        while True:
            ms = await queue.get()
            await sleep(ms)
            log(name, 'did', ms, 'at', get_running_loop().time())
            queue.task_done()

    async def main():
        queue = filled(Queue(), [20, 10, 5, 5, 30, 1])
        workers = [create_task(worker(name, queue)) for name in 'abc']
        await queue.join()
        log('all done at', get_running_loop().time())
        for task in workers:
            task.cancel()
        log(await gather(*workers, return_exceptions=True))

    run(main())


@program('each item is followed through a second queue')
def _(log):
    async def stage(name, source, target):
        while True:
            item = await source.get()
            log(name, item)
            if target is not None:
                await target.put(item + name)
            source.task_done()

    async def main():
        first, second = Queue(1), Queue(1)
        stages = [create_task(stage('x', first, second)), create_task(stage('y', second, None))]
        for item in 'abc':
            await first.put(item)
        await first.join()
        await second.join()
        log('done')
        stages[0].cancel()
        stages[1].cancel()
        await wait(stages)

    run(main())
