import asyncio

from support.virtual import VirtualLoop


class Reader:
    """An asynchronous iterator of its own, and so an asynchronous iterable too."""
    def __init__(self):
        self.count = 0

    async def readline(self):
        await asyncio.sleep(1)
        self.count += 1
        if self.count == 100:
            return None
        return self.count

    def __aiter__(self):
        return self

    async def __anext__(self):
        val = await self.readline()
        if val is None:
            raise StopAsyncIteration
        return val


async def func():
    obj = Reader()
    async for item in obj:
        print(item)


asyncio.run(func(), loop_factory=VirtualLoop)
