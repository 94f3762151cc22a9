import asyncio

from support.virtual import VirtualLoop


class AsyncContextManager:
    def __init__(self):
        self.conn = None

    async def do_something(self):
        # works with the database
        return 666

    async def __aenter__(self):
        # connects to the database
        self.conn = await asyncio.sleep(1, 'connected')
        print(self.conn)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        # hangs up
        await asyncio.sleep(1)
        print('closed')


async def func():
    async with AsyncContextManager() as f:
        result = await f.do_something()
        print(result)


asyncio.run(func(), loop_factory=VirtualLoop)
