import asyncio

from support.virtual import VirtualLoop


async def others():
    print('start')
    await asyncio.sleep(2)
    print('end')
    return 'return value'


async def func():
    print('in the coroutine')
    response = await others()  # meanwhile the loop can run other tasks
    print('the result is', response)


asyncio.run(func(), loop_factory=VirtualLoop)
