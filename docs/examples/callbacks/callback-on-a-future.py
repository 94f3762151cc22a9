import asyncio

from support.virtual import VirtualLoop


async def do_some_work(x):
    print('Waiting', x)
    await asyncio.sleep(x)


def done_callback(future):
    print('Done')


loop = VirtualLoop()
future = asyncio.ensure_future(do_some_work(3), loop=loop)
future.add_done_callback(done_callback)

loop.run_until_complete(future)
loop.close()
