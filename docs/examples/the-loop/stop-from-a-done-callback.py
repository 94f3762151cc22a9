import asyncio
import functools

from support.virtual import VirtualLoop


async def do_some_work(x):
    print('Waiting', x)
    await asyncio.sleep(x)
    print('Done')


def done_callback(loop, futu):
    loop.stop()


loop = VirtualLoop()
asyncio.set_event_loop(loop)

futus = asyncio.gather(do_some_work(1), do_some_work(3))
futus.add_done_callback(functools.partial(done_callback, loop))

loop.run_forever()
loop.close()
