import asyncio
import os
import signal
import time


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url')


async def get_html2(url):
    print('start get url', url)
    await asyncio.sleep(4)
    print('end get url')


start_time = time.time()
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.call_later(3, os.kill, os.getpid(), signal.SIGINT)
t1 = [get_html('www.example.com') for i in range(10)]
t2 = [get_html2('www.example.org') for i in range(10)]
tasks = asyncio.gather(*t1)
tasks2 = asyncio.gather(*t2)
try:
    loop.run_until_complete(asyncio.gather(tasks, tasks2))
except KeyboardInterrupt:
    print('cancel' if tasks2.cancel() else 'too late')
    loop.close()

print('times', int(time.time() - start_time))
