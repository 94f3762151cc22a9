import asyncio

from support.virtual import VirtualLoop


async def runner(name, seconds, start):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(seconds)
    print(name, 'is late' if start.is_set() else 'is ready')
    await start.wait()
    print(name, 'runs at', loop.time())


async def main():
    start = asyncio.Event()
    runners = asyncio.gather(runner('Ann', 1, start), runner('Ben', 2, start), runner('Cem', 4, start))
    await asyncio.sleep(3)
    start.set()
    await runners


asyncio.run(main(), loop_factory=VirtualLoop)
