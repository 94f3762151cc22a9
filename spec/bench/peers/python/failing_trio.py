"""Prints the nanoseconds of one operation when things fail (trio). What is made beforehand is not counted."""
import sys
import time
import trio
import trio.testing

HOUR = 3_600
TASKS = 1_000
ROUNDS = 20
took = 0
done = 0


async def sleeping():
    global done
    try:
        await trio.sleep(HOUR)
    finally:
        done += 1


async def scope():
    """Cancel a scope over tasks that sleep."""
    global took
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            for _ in range(TASKS):
                nursery.start_soon(sleeping)
            await trio.testing.wait_all_tasks_blocked()
            start = time.process_time_ns()
            scope.cancel()
    took += time.process_time_ns() - start


async def limited():
    global done
    with trio.move_on_after(10) as scope:
        await trio.sleep(HOUR)
    done += scope.cancelled_caught


async def timeout():
    """Make tasks whose time is over while they sleep, and wait for their end."""
    global took
    start = time.process_time_ns()
    async with trio.open_nursery() as nursery:
        for _ in range(TASKS):
            nursery.start_soon(limited)
    took += time.process_time_ns() - start


main = {'scope': scope, 'timeout': timeout}[sys.argv[1]]
for _ in range(ROUNDS):
    trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))
assert done == ROUNDS * TASKS, done
print(took / done)
