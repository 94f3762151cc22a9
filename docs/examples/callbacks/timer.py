import asyncio

from support.virtual import VirtualLoop


async def timer(x, cb):
    futu = asyncio.ensure_future(asyncio.sleep(x))
    futu.add_done_callback(cb)
    await futu


loop = VirtualLoop()
t = timer(3, lambda futu: print('Done'))
loop.run_until_complete(t)
loop.close()
