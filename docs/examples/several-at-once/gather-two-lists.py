import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url', url)


loop = VirtualLoop()
start_time = loop.time()
tasks = [loop.create_task(get_html('www.example.com')) for i in range(3)]
tasks2 = [loop.create_task(get_html('www.example.org')) for i in range(3)]
loop.run_until_complete(asyncio.gather(*tasks, *tasks2))
print('times', loop.time() - start_time)
loop.close()
