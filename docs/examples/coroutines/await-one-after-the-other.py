import asyncio

from support.virtual import VirtualLoop


async def others():
    print('start')
    await asyncio.sleep(2)
    print('end')
    return 'return value'


async def func():
    print('in the coroutine')

    response1 = await others()
    print('the first result is', response1)

    response2 = await others()
    print('the second result is', response2)


asyncio.run(func(), loop_factory=VirtualLoop)
