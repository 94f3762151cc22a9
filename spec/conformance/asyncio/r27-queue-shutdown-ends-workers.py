"""R27, workers: a shutdown ends the tasks that use the queue."""
from asyncio import Queue, QueueShutDown, create_task, gather, get_running_loop, sleep, wait

from programs import program
from queues import filled, sizes
from virtual import run


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


@program('workers that are told to end at once finish what they have begun')
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


@program('the producer says when it is over')
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


@program('the consumer says when it has enough')
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


@program('of a gather() of getters, one gets the item, and the others are told')
def _(log):
    async def main():
        queue = Queue()
        both = gather(queue.get(), queue.get(), sleep(20, 'slept'), return_exceptions=True)
        await sleep(10)
        queue.put_nowait('item')
        queue.shutdown()
        log(await both, get_running_loop().time())

    run(main())
