import asyncio

from support.virtual import VirtualLoop


async def do_some_thing(x):
    await asyncio.sleep(.2)
    print('wait...', x)
    return x


async def main():
    tasks = []
    for i in range(3):
        tasks.append(asyncio.ensure_future(do_some_thing(i)))
    return await asyncio.gather(*tasks)


loop = VirtualLoop()
coroutine = main()
task = loop.create_task(coroutine)
for result in loop.run_until_complete(task):
    print(result)
loop.close()
