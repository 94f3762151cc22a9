import asyncio

from support.virtual import VirtualLoop


async def hiker(name, seconds, hut):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(seconds)
    print(name, 'comes to the hut at', loop.time(), 'where', hut.n_waiting, 'wait')
    await hut.wait()
    print(name, 'goes on at', loop.time())


async def main():
    hut = asyncio.Barrier(3)
    await asyncio.gather(hiker('Ann', 2, hut), hiker('Ben', 3, hut), hiker('Cem', 1, hut))


asyncio.run(main(), loop_factory=VirtualLoop)
