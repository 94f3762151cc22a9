import asyncio

from support.virtual import DeadlockError, VirtualLoop


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()  # nobody sets its result
    print('waiting')
    await fut


try:
    asyncio.run(main(), loop_factory=VirtualLoop)
except DeadlockError:
    print('DeadlockError')  # the virtual clock sees it; asyncio's own loop would hang
