import asyncio

from support.virtual import VirtualLoop


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(3):
            try:
                async with asyncio.timeout(1):
                    await asyncio.sleep(10)
            except TimeoutError:
                print('the inner one ended at', loop.time())
            await asyncio.sleep(10)
    except TimeoutError:
        print('the outer one ended at', loop.time())


asyncio.run(main(), loop_factory=VirtualLoop)
