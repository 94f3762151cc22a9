import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url', url)
    return url


async def get_html2(url):
    print('start get url', url)
    await asyncio.sleep(4)
    print('end get url', url)
    return url


def press_ctrl_c():
    raise KeyboardInterrupt


loop = VirtualLoop()
start_time = loop.time()
loop.call_later(3, press_ctrl_c)
t1 = [loop.create_task(get_html('www.example.com')) for i in range(3)]
t2 = [loop.create_task(get_html2('www.example.org')) for i in range(3)]
tasks = asyncio.gather(*t1)
tasks2 = asyncio.gather(*t2)
both = asyncio.gather(tasks, tasks2)
try:
    loop.run_until_complete(both)
except KeyboardInterrupt:
    print('cancel' if tasks2.cancel() else 'too late')
    try:
        loop.run_until_complete(both)
    except asyncio.CancelledError:
        print('both: CancelledError')
    print('the first:', *tasks.result())
    loop.close()

print('times', loop.time() - start_time)
