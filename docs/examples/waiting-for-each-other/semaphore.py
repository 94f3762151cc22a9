import asyncio

from support.virtual import VirtualLoop


async def guest(name, table):
    loop = asyncio.get_running_loop()
    async with table:
        print('guest', name, 'sits down at', loop.time())
        await asyncio.sleep(name)
    print('guest', name, 'leaves at', loop.time())


async def main():
    table = asyncio.Semaphore(2)
    await asyncio.gather(*[guest(name, table) for name in [1, 2, 3, 4, 5]])


asyncio.run(main(), loop_factory=VirtualLoop)
