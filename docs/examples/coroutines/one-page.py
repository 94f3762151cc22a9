import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url')


loop = VirtualLoop()
start_time = loop.time()
loop.run_until_complete(get_html('www.example.com'))
print('times', loop.time() - start_time)
loop.close()
