"""Prints the nanoseconds of one item of a limited map or stream, of one visit to a lock, of one task of several, or of one value of a broadcast (asyncio)."""
import asyncio
import sys
import time
from asyncio.staggered import staggered_race

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


async def streaming():
    """At most ten are under way, and the results come in order."""
    tasks = asyncio.Queue(LIMIT)

    async def work(n):
        await asyncio.sleep(0)
        return n

    async def begin():
        for n in range(ITEMS):
            await tasks.put(asyncio.create_task(work(n)))
        await tasks.put(None)

    beginning = asyncio.create_task(begin())
    total = 0
    while (task := await tasks.get()) is not None:
        total += await task
    await beginning
    assert total == ITEMS * (ITEMS - 1) // 2


async def racing():
    loop = asyncio.get_running_loop()

    async def run(i):
        await (asyncio.sleep(0) if i == 0 else loop.create_future())
        return 1

    total = 0
    for _ in range(ITEMS // 10):
        tasks = [asyncio.create_task(run(i)) for i in range(10)]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        total += done.pop().result()
    assert total == ITEMS // 10


async def settling():
    async def work(i):
        await asyncio.sleep(0)
        if i < 3:
            raise ValueError('failed')
        return i

    failed = 0
    for _ in range(ITEMS // 10):
        results = await asyncio.gather(*[work(i) for i in range(10)], return_exceptions=True)
        failed += sum(isinstance(result, ValueError) for result in results)
    assert failed == 3 * ITEMS // 10


async def staggering():
    def way(i):
        async def work():
            await asyncio.sleep(0)
            if i < 2:
                raise ValueError('failed')
            return i
        return work

    won = 0
    for _ in range(ITEMS // 10):
        _, index, _ = await staggered_race([way(i) for i in range(3)], None)
        won += index
    assert won == 2 * ITEMS // 10


async def ending():
    loop = asyncio.get_running_loop()

    async def wait():
        await loop.create_future()

    ended = 0
    for _ in range(ITEMS):
        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        ended += task.cancelled()
    assert ended == ITEMS


WORKS = {work.__name__: work for work in (mapping, visiting, broadcasting, streaming, racing, settling, staggering, ending)}
STEPS = {'staggering': ITEMS * 3 // 10}  # how often each does what is measured, where it is not once an item


async def main():
    name = sys.argv[1]
    start = time.process_time_ns()
    await WORKS[name]()
    print((time.process_time_ns() - start) / STEPS.get(name, ITEMS))


asyncio.run(main())
