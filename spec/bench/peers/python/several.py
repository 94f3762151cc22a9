"""Prints the nanoseconds of one item of a limited map, of one visit to a lock, or of one value of a broadcast (asyncio)."""
import asyncio
import sys
import time

ITEMS = 10_000
LIMIT = 10


async def mapping():
    slots = asyncio.Semaphore(LIMIT)

    async def work(n):
        async with slots:
            await asyncio.sleep(0)
            return n

    results = await asyncio.gather(*[work(n) for n in range(ITEMS)])
    assert sum(results) == ITEMS * (ITEMS - 1) // 2


async def visiting():
    lock = asyncio.Lock()
    inside = [0]

    async def visit():
        async with lock:
            inside[0] += 1
            await asyncio.sleep(0)

    await asyncio.gather(*[visit() for _ in range(ITEMS)])
    assert inside[0] == ITEMS


async def broadcasting():
    queues = [asyncio.Queue(LIMIT) for _ in range(10)]
    heard = [0]

    async def listen(queue):
        while await queue.get() is not None:
            heard[0] += 1

    async def speak():
        for n in [*range(ITEMS // 10), None]:
            for queue in queues:
                await queue.put(n)

    await asyncio.gather(*[listen(queue) for queue in queues], speak())
    assert heard[0] == ITEMS


async def main():
    work = {'mapping': mapping, 'visiting': visiting, 'broadcasting': broadcasting}[sys.argv[1]]
    start = time.process_time_ns()
    await work()
    print((time.process_time_ns() - start) / ITEMS)


asyncio.run(main())
