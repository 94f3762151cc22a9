"""Prints the nanoseconds of one turn of a task, 1,000 tasks round robin: asyncio, uvloop, trio or gevent."""
import sys
import time

TASKS = 1_000
TURNS = 100
library = sys.argv[1]
turns = 0


def timed(run):
    start = time.process_time_ns()
    run()
    took = time.process_time_ns() - start
    assert turns == TASKS * TURNS
    print(took / turns)


def work(turn):
    async def task():
        global turns
        for _ in range(TURNS):
            await turn(0)
            turns += 1
    return task


if library == 'trio':
    import trio

    async def main():
        async with trio.open_nursery() as nursery:
            for _ in range(TASKS):
                nursery.start_soon(work(trio.sleep))
    timed(lambda: trio.run(main))
elif library == 'gevent':
    import gevent

    def walk():
        global turns
        for _ in range(TURNS):
            gevent.sleep(0)
            turns += 1
    timed(lambda: gevent.joinall([gevent.spawn(walk) for _ in range(TASKS)]))
else:
    import asyncio
    if library == 'uvloop':
        import uvloop
        uvloop.install()

    async def main():
        task = work(asyncio.sleep)
        await asyncio.gather(*[task() for _ in range(TASKS)])
    timed(lambda: asyncio.run(main()))
