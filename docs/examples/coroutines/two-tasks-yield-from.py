import asyncio
import types

from support.virtual import VirtualLoop


@types.coroutine
def func1():
    print(1)
    yield from asyncio.sleep(2)  # switches to the other task
    print(2)


@types.coroutine
def func2():
    print(3)
    yield from asyncio.sleep(2)  # switches to the other task
    print(4)


loop = VirtualLoop()
tasks = [
    asyncio.ensure_future(func1(), loop=loop),
    asyncio.ensure_future(func2(), loop=loop),
]
loop.run_until_complete(asyncio.wait(tasks))
loop.close()
