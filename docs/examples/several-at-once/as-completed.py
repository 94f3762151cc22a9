import asyncio

from support.virtual import VirtualLoop


async def get_html(times):
    await asyncio.sleep(times)
    return f'after {times} s'


async def start():
    tasks = []
    for i in [3, 1, 2]:
        tasks.append(asyncio.ensure_future(get_html(i)))

    for task in asyncio.as_completed(tasks):
        res = await task
        print(res)


loop = VirtualLoop()
loop.run_until_complete(start())
loop.close()
