"""Prints the nanoseconds of one message, of one hand-over of a lock, or of one child of a gather (asyncio)."""
import asyncio
import sys
import time

MESSAGES = 20_000
OWNERS = 10
TURNS = 1_000
CHILDREN = 1_000
GATHERS = 20


async def serve(mine, other):
    for _ in range(MESSAGES // 2):
        await other.put(await mine.get() + 1)


async def ping_pong():
    here, there = asyncio.Queue(), asyncio.Queue()
    server = asyncio.create_task(serve(there, here))
    n = 0
    for _ in range(MESSAGES // 2):
        await there.put(n)
        n = await here.get()
    await server
    assert n == MESSAGES // 2
    return MESSAGES


async def own(lock, count):
    for _ in range(TURNS):
        async with lock:
            count[0] += 1
            await asyncio.sleep(0)


async def lock():
    shared, count = asyncio.Lock(), [0]
    await asyncio.gather(*[own(shared, count) for _ in range(OWNERS)])
    assert count[0] == OWNERS * TURNS
    return count[0]


async def child(n):
    return n


async def gather():
    for _ in range(GATHERS):
        results = await asyncio.gather(*[child(n) for n in range(CHILDREN)])
        assert sum(results) == CHILDREN * (CHILDREN - 1) // 2
    return GATHERS * CHILDREN


async def main():
    start = time.process_time_ns()
    operations = await {'queue': ping_pong, 'lock': lock, 'gather': gather}[sys.argv[1]]()
    print((time.process_time_ns() - start) / operations)


asyncio.run(main())
