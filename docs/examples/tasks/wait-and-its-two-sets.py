import asyncio

from support.virtual import VirtualLoop


async def do_some_thing(x):
    await asyncio.sleep(x)
    print('wait...', x)
    return x


async def main():
    tasks = []
    for i in range(3):
        tasks.append(asyncio.ensure_future(do_some_thing(i)))
    done, pending = await asyncio.wait(tasks, timeout=1.5)
    for result in sorted(f.result() for f in done):
        print('done', result)
    for f in pending:
        print('pending', await f)


loop = VirtualLoop()
coroutine = main()
task = loop.create_task(coroutine)
loop.run_until_complete(task)
loop.close()
