import asyncio
from contextlib import aclosing

from support.virtual import VirtualLoop


async def countdown(n):
    try:
        for n in range(n, 0, -1):
            await asyncio.sleep(1)
            yield n
    finally:
        await asyncio.sleep(1)
        print('the countdown is closed')


async def sums():
    sum = 0
    while True:
        sum += yield sum
        await asyncio.sleep(1)


async def main():
    async with aclosing(countdown(10)) as numbers:
        async for n in numbers:
            print(n)
            if n == 8:
                break
    sum = sums()
    await anext(sum)
    for n in [1, 10, 100]:
        value = await sum.asend(n)
        print('sum', value)
    await sum.aclose()


asyncio.run(main(), loop_factory=VirtualLoop)
