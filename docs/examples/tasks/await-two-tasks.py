import asyncio

from support.virtual import VirtualLoop


async def func():
    print(1)
    await asyncio.sleep(2)
    print(2)
    return 'return value'


async def main():
    print('main starts')
    task1 = asyncio.create_task(func())
    task2 = asyncio.create_task(func())
    print('main ends')

    ret1 = await task1
    ret2 = await task2
    print(ret1, ret2)


asyncio.run(main(), loop_factory=VirtualLoop)
