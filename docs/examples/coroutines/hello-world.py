import asyncio

from support.virtual import VirtualLoop


async def func():
    print('hello world')


result = func()
print('nothing has run yet')

loop = VirtualLoop()
loop.run_until_complete(result)
loop.close()

# The same, shorter:
asyncio.run(func(), loop_factory=VirtualLoop)
