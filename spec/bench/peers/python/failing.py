"""Prints the nanoseconds of one operation when things fail (asyncio). What is made beforehand is not counted."""
import asyncio
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / 'conformance/asyncio/support'))
import virtual  # noqa: E402

HOUR = 3_600
DEPTH = 10
TASKS = 1_000
ROUNDS = 20
took = 0
done = 0


def tell(operations):
    assert done == operations, done
    print(took / done, flush=True)


class Loop(virtual.VirtualLoop):
    """Idle time is skipped. The timers are those of asyncio itself, which compare faster."""
    call_at = asyncio.BaseEventLoop.call_at


class Watch:
    """Counts the time of the block."""

    def __enter__(self):
        self.start = time.process_time_ns()

    def __exit__(self, *error):
        global took
        took += time.process_time_ns() - self.start


async def nap():
    await asyncio.sleep(HOUR)


async def awaiting(depth):
    if depth > 0:
        await awaiting(depth - 1)
    else:
        await nap()


async def place(name):
    """Make a place to park, and return what parks there."""
    if name == 'sleep':
        return nap
    if name == 'lock':
        lock = asyncio.Lock()
        await lock.acquire()
        return lock.acquire
    if name == 'queue':
        return asyncio.Queue().get
    if name == 'future':
        async def wait():
            await asyncio.get_running_loop().create_future()
        return wait
    assert name == 'awaits', name
    return lambda: awaiting(DEPTH)


async def cancel(name, count, order, cancelled):
    """Of so many tasks that are parked, cancel some and join each."""
    global done
    park = await place(name)
    tasks = [asyncio.create_task(park()) for _ in range(count)]
    await asyncio.sleep(0)
    if order == 'last':
        tasks.reverse()
    with Watch():
        for task in tasks[:cancelled]:
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                done += 1
    if cancelled < count:
        tell(cancelled)
        os._exit(0)  # to cancel the others would take very long


class Failed(Exception):
    pass


async def fail():
    raise Failed('no')


async def join():
    """Make a task that throws, and join it."""
    global done
    with Watch():
        for _ in range(TASKS):
            try:
                await asyncio.create_task(fail())
            except Failed:
                done += 1


async def gather_all():
    """Gather tasks that throw, and look at all errors."""
    global done
    with Watch():
        results = await asyncio.gather(*[fail() for _ in range(TASKS)], return_exceptions=True)
        for result in results:
            done += isinstance(result, Failed)


async def fail_counted():
    global done
    done += 1
    raise Failed('no')


async def gather_first():
    """Gather tasks that throw, and catch the first error."""
    with Watch():
        try:
            await asyncio.gather(*[fail_counted() for _ in range(TASKS)])
        except Failed:
            return
    raise AssertionError


async def sleeping():
    global done
    try:
        await asyncio.sleep(HOUR)
    finally:
        done += 1


async def group():
    """Sleeping tasks in a group whose body throws."""
    watch = Watch()
    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(TASKS):
                tasks.create_task(sleeping())
            await asyncio.sleep(0)
            watch.__enter__()
            raise Failed('no')
    except* Failed:
        watch.__exit__()


async def limited():
    global done
    try:
        async with asyncio.timeout(10):
            await asyncio.sleep(HOUR)
    except TimeoutError:
        done += 1


async def timeout():
    """Make tasks whose time is over while they sleep, and join them."""
    with Watch():
        for task in [asyncio.create_task(limited()) for _ in range(TASKS)]:
            await task


what, *args = sys.argv[1:]
if what == 'cancel':
    name, count, order, operations = args[0], int(args[1]), args[2], int(args[3])
    rounds, main = max(1, ROUNDS * TASKS // count), lambda: cancel(name, count, order, operations)
else:
    rounds, operations = ROUNDS, TASKS
    main = {'join': join, 'all': gather_all, 'first': gather_first, 'group': group, 'timeout': timeout}[what]
for _ in range(rounds):
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(main())
tell(rounds * operations)
