import asyncio
from functools import partial

from support.virtual import VirtualLoop


async def do_some_thing(x):
    await asyncio.sleep(.2)
    print('wait...', x)
    return x


def callback(x, future):
    print(x, future.result())


loop = VirtualLoop()
coroutine = do_some_thing(10)
task = loop.create_task(coroutine)
task.add_done_callback(partial(callback, 10))
loop.run_until_complete(task)
loop.close()
