import asyncio

from support.virtual import VirtualLoop


def state(task):
    if task is asyncio.current_task():
        return 'running'
    if task.cancelled():
        return 'cancelled'
    return 'done' if task.done() else 'pending'


async def test1():
    print('in its own code:', state(asyncio.current_task()))
    await asyncio.sleep(1)


async def main():
    task1 = asyncio.create_task(test1())
    print('just made:', state(task1))
    await asyncio.sleep(0)
    print('while it sleeps:', state(task1))
    await task1
    print('at its end:', state(task1))

    task2 = asyncio.create_task(test1())
    task2.cancel()
    await asyncio.wait([task2])
    print('cancelled before it began:', state(task2))


asyncio.run(main(), loop_factory=VirtualLoop)
