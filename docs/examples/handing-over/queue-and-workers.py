import asyncio

from support.virtual import VirtualLoop


async def producer(queue, durations):
    for i, duration in enumerate(durations):
        await queue.put((i + 1, duration))  # waits while the queue is full
        print('page', i + 1, 'is in the queue')


async def worker(name, queue):
    while True:
        page, duration = await queue.get()
        await asyncio.sleep(duration)
        print(name, 'has page', page, 'after', duration, 's')
        queue.task_done()


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(2)
    durations = [3, 1, 2, 5, 1, 4, 2, 3]
    workers = [asyncio.create_task(worker(f'worker {i}', queue)) for i in [1, 2, 3]]

    started_at = loop.time()
    await producer(queue, durations)
    await queue.join()  # until all pages are done
    took = loop.time() - started_at

    for task in workers:
        task.cancel()  # they wait for more work
    await asyncio.gather(*workers, return_exceptions=True)

    print('three workers took', took, 's, one would have taken', sum(durations), 's')


asyncio.run(main(), loop_factory=VirtualLoop)
