import asyncio

from support.virtual import VirtualLoop


async def get_html(url):
    print('start get url', url)
    await asyncio.sleep(2)
    print('end get url')
    return 'get_futures'


# It is called with the future that is done
def call_back(future):
    print('tasks complete')


loop = VirtualLoop()
start_time = loop.time()
get_future = loop.create_task(get_html('www.example.com'))
get_future.add_done_callback(call_back)
loop.run_until_complete(get_future)
print('times', loop.time() - start_time)
print(get_future.result())
loop.close()
