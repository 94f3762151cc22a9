import asyncio

from support.virtual import VirtualLoop


async def test1(x):
    print('I am test1 and the param is', x)
    await asyncio.sleep(10)
    return x * 10


# param is a future: imagine that this class comes from the future
def callback(param):
    print('the waiting x is', param.result())


loop = VirtualLoop()
tasks = [asyncio.ensure_future(test1(x), loop=loop) for x in range(10)]
for task in tasks:
    task.add_done_callback(callback)
loop.run_until_complete(asyncio.wait(tasks))

for task in tasks:
    print(task.result())
loop.close()
