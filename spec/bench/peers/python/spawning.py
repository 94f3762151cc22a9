"""Prints the nanoseconds of making a task and joining it (asyncio)."""
import asyncio
import time

COUNT = 50_000


async def child(n):
    return n


async def main():
    total = 0
    start = time.process_time_ns()
    for n in range(COUNT):
        total += await asyncio.create_task(child(n))
    took = time.process_time_ns() - start
    assert total == COUNT * (COUNT - 1) // 2
    print(took / COUNT)


asyncio.run(main())
