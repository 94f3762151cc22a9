import asyncio

from support.virtual import VirtualLoop


async def do_some_thing(x):
    await asyncio.sleep(x)
    print('wait...', x)
    return x


async def main():
    tasks = []
    for i in range(1, 4):
        tasks.append(asyncio.ensure_future(do_some_thing(i)))
    done, pending = await asyncio.wait(tasks)
    for f in done:
        print(f.result())


def press_ctrl_c():
    raise KeyboardInterrupt


loop = VirtualLoop()
loop.call_later(1.5, press_ctrl_c)
coroutine = main()
task = loop.create_task(coroutine)
try:
    loop.run_until_complete(task)
except KeyboardInterrupt:
    for task in asyncio.all_tasks(loop):
        print('cancel' if task.cancel() else 'too late')
    loop.stop()
    loop.run_forever()
finally:
    loop.close()
