import asyncio
import os
import signal

cleaned = 0


async def test1():
    global cleaned
    print('This is test1')
    try:
        await asyncio.sleep(10)
        print('test1 done')
    finally:
        cleaned += 1


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.call_later(1, os.kill, os.getpid(), signal.SIGINT)
tasks = [asyncio.ensure_future(test1(), loop=loop) for i in range(100)]
try:
    loop.run_until_complete(asyncio.wait(tasks))
except KeyboardInterrupt:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.stop()
    loop.run_forever()
finally:
    loop.close()
print(len([task for task in tasks if task.cancelled()]), 'cancelled,', cleaned, 'cleaned')
