import asyncio

from support.virtual import VirtualLoop


async def do_some_work(x):
    print('Waiting', x)
    await asyncio.sleep(x)
    print('Done', x)


loop = VirtualLoop()
asyncio.set_event_loop(loop)
loop.run_until_complete(asyncio.gather(do_some_work(1), do_some_work(3)))

coros = [do_some_work(3), do_some_work(1)]
loop.run_until_complete(asyncio.gather(*coros))
loop.close()
