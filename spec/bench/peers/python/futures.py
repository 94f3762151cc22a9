"""Prints the nanoseconds of one wait on a future that another task sets (asyncio)."""
import asyncio
import time

COUNT = 50_000
ball = None
waits = 0


async def play(loop):
    global ball, waits
    for i in range(COUNT):
        theirs = ball
        mine = ball = loop.create_future()
        if theirs is not None:
            theirs.set_result(i)
        await mine
        waits += 1
    if not ball.done():
        ball.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    start = time.process_time_ns()
    await asyncio.gather(play(loop), play(loop))
    took = time.process_time_ns() - start
    assert waits == 2 * COUNT
    print(took / waits)


asyncio.run(main())
