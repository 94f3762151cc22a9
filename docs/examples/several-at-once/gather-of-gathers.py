import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url', url)


async def get_html2(url):
    print('start get url', url)
    await asyncio.sleep(4)
    print('end get url', url)


loop = VirtualLoop()
start_time = loop.time()
t1 = [loop.create_task(get_html('www.example.com')) for i in range(3)]
t2 = [loop.create_task(get_html2('www.example.org')) for i in range(3)]
tasks = asyncio.gather(*t1)
tasks2 = asyncio.gather(*t2)
loop.run_until_complete(asyncio.gather(tasks, tasks2))
print('times', loop.time() - start_time)
loop.close()
