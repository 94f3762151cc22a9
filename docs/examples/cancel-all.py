import asyncio

from support.virtual import VirtualLoop


async def test1():
    print('This is test1')
    await asyncio.sleep(10)
    print('test1 done')


def press_ctrl_c():
    raise KeyboardInterrupt


loop = VirtualLoop()
tasks = [asyncio.ensure_future(test1(), loop=loop) for i in range(5)]
loop.call_later(1, press_ctrl_c)
try:
    loop.run_until_complete(asyncio.wait(tasks))
except KeyboardInterrupt:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.stop()
    loop.run_forever()
finally:
    loop.close()
print(len([task for task in tasks if task.cancelled()]), 'cancelled')
