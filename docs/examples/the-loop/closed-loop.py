import asyncio

from support.virtual import VirtualLoop


async def do_some_work(x):
    print('Waiting', x)
    await asyncio.sleep(x)
    print('Done')


loop = VirtualLoop()
loop.run_until_complete(do_some_work(1))
loop.run_until_complete(do_some_work(2))
loop.close()
coro = do_some_work(3)
try:
    loop.run_until_complete(coro)
except RuntimeError as error:
    print('RuntimeError:', error)
coro.close()  # else Python warns that it was never awaited
