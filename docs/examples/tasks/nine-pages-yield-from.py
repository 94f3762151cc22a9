import asyncio
import types

from support.virtual import VirtualLoop


@types.coroutine
def get_html(times):
    print('start get url', times)
    yield from asyncio.sleep(times)
    print('end get url', times)


loop = VirtualLoop()
start_time = loop.time()
tasks = []
for i in range(1, 10):
    tasks.append(asyncio.ensure_future(get_html(i), loop=loop))

loop.run_until_complete(asyncio.wait(tasks))
print('times', loop.time() - start_time)
loop.close()
