import asyncio

from support.virtual import VirtualLoop


async def brew(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print(name, 'is ready')
    except asyncio.CancelledError:
        print(name, 'is cancelled')
        raise


async def toast(seconds):
    await asyncio.sleep(seconds)
    raise ValueError('the toast is burnt')


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(brew('tea', 1))
            group.create_task(brew('coffee', 3))
            group.create_task(toast(2))
            print('all have begun')
    except ExceptionGroup as e:
        print(e.message)
        burnt, rest = e.split(ValueError)
        for error in burnt.exceptions if burnt is not None else []:
            print('caught:', error)
        if rest is not None:
            raise rest


asyncio.run(main(), loop_factory=VirtualLoop)
