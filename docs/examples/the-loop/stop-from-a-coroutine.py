import asyncio

from support.virtual import VirtualLoop


async def do_some_work(loop, x):
    print('Waiting', x)
    await asyncio.sleep(x)
    print('Done')
    loop.stop()


loop = VirtualLoop()
asyncio.ensure_future(do_some_work(loop, 3), loop=loop)
loop.run_forever()
loop.close()
