import asyncio
import types

from support.virtual import VirtualLoop


@types.coroutine
def get_html(url):
    print('start get url', url)
    yield from asyncio.sleep(2)
    print('end get url', url)


loop = VirtualLoop()
loop.run_until_complete(get_html('www.example.com'))
loop.close()
