import asyncio
from contextlib import AsyncExitStack

from support.virtual import VirtualLoop


class File:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        print('opens', self.name)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await asyncio.sleep(1)
        print('closes', self.name)


async def open_all(names):
    async with AsyncExitStack() as stack:
        stack.callback(print, 'all are closed')
        for name in names:
            if name == '':
                raise ValueError('a file has no name')
            await stack.enter_async_context(File(name))
        return stack.pop_all()  # all went well: the caller is to close them


async def main():
    files = await open_all(['a', 'b', 'c'])
    print('all are open')
    await files.aclose()
    try:
        await open_all(['d', ''])
    except ValueError:
        print('one could not be opened')


asyncio.run(main(), loop_factory=VirtualLoop)
