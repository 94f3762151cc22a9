import asyncio
from contextvars import ContextVar

from support.virtual import VirtualLoop

user = ContextVar('user', default='nobody')


async def log(text):
    print(f'{user.get()}: {text}')


async def handle(name, seconds):
    await log('a task begins')
    user.set(name)
    await asyncio.sleep(seconds)
    await log('a task ends')


async def main():
    await log('main begins')
    token = user.set('main')
    await asyncio.gather(handle('Ann', 2), handle('Ben', 1))
    await log('nobody has changed it here')
    user.reset(token)
    await log('main ends')


asyncio.run(main(), loop_factory=VirtualLoop)
