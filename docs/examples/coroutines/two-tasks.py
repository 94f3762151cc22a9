import asyncio

from support.virtual import VirtualLoop


async def func1():
    print(1)
    await asyncio.sleep(2)  # switches to the other task
    print(2)


async def func2():
    print(3)
    await asyncio.sleep(2)  # switches to the other task
    print(4)


loop = VirtualLoop()
tasks = [
    asyncio.ensure_future(func1(), loop=loop),
    asyncio.ensure_future(func2(), loop=loop),
]
loop.run_until_complete(asyncio.wait(tasks))
loop.close()
