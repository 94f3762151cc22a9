import asyncio
from contextlib import aclosing


async def countdown(start):
    try:
        for n in range(start, 0, -1):
            await asyncio.sleep(0.01)
            yield n
    finally:
        print('the countdown is closed')


async def main():
    async with aclosing(countdown(5)) as numbers:
        async for n in numbers:
            print(n)
            if n == 4:
                break
    print('that will do')


asyncio.run(main())
