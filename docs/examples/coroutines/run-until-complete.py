import asyncio

from support.virtual import VirtualLoop


async def do_some_work(x):
    print('Waiting', x)
    await asyncio.sleep(x)
    print('Done')


loop = VirtualLoop()
loop.run_until_complete(do_some_work(3))
loop.run_until_complete(asyncio.ensure_future(do_some_work(2), loop=loop))
print(loop.time(), 'seconds')
loop.close()
