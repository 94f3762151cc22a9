import asyncio
import os
import signal


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


loop = asyncio.new_event_loop()
loop.call_later(1.5, os.kill, os.getpid(), signal.SIGINT)
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
