import asyncio
import time
from threading import Thread


def do_some_thing(x):
    time.sleep(x * 0.02)
    print('wait...', x, flush=True)


async def do_some_thing_else(x):
    await asyncio.sleep(x * 0.1)
    print('slept...', x, flush=True)
    return x


def start_loop(loop):
    asyncio.set_event_loop(loop)
    loop.run_forever()


loop = asyncio.new_event_loop()
Thread(target=start_loop, args=(loop,)).start()
loop.call_soon_threadsafe(do_some_thing, 3)
loop.call_soon_threadsafe(do_some_thing, 5)
futures = [asyncio.run_coroutine_threadsafe(do_some_thing_else(x), loop) for x in [5, 3]]
print('the main thread goes on', flush=True)
print(*[future.result() for future in futures], flush=True)
loop.call_soon_threadsafe(loop.stop)
