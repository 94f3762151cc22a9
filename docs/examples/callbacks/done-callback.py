import asyncio

from support.virtual import VirtualLoop


async def test1():
    print('This is test1')
    await test2()
    print('test1 end')
    return 'result done'


async def test2():
    await asyncio.sleep(4)
    print('This is test2')


def callback(future):
    print('callback:', future.result())


loop = VirtualLoop()
task = asyncio.ensure_future(test1(), loop=loop)
task.add_done_callback(callback)
loop.run_until_complete(task)
loop.close()
