import asyncio

from support.virtual import VirtualLoop


async def func():
    print('hello world')
    response = await asyncio.sleep(2, 'slept well')
    print('end:', response)


asyncio.run(func(), loop_factory=VirtualLoop)
