import asyncio
import os
import signal
import time


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url')


start_time = time.time()
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.call_later(1, os.kill, os.getpid(), signal.SIGINT)
t1 = [asyncio.ensure_future(get_html('www.example.com'), loop=loop) for i in range(10)]
try:
    loop.run_until_complete(asyncio.wait(t1))
except KeyboardInterrupt:
    for task in asyncio.all_tasks(loop):
        print('cancel' if task.cancel() else 'too late')
    loop.stop()

print(len([task for task in t1 if task.cancelled()]), 'cancelled')
print('times', int(time.time() - start_time))
