import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url')


loop = VirtualLoop()
start_time = loop.time()
tasks = [loop.create_task(get_html('www.example.com')) for i in range(10)]
loop.run_until_complete(asyncio.wait(tasks))
print('times', loop.time() - start_time)
loop.close()
