import asyncio
import os
import signal

cleaned = 0


async def test1():
    global cleaned
    try:
        await asyncio.sleep(10)
        print('test1 done')
    finally:
        cleaned += 1


loop = asyncio.new_event_loop()
tasks = [loop.create_task(test1()) for i in range(100)]
loop.call_later(2, os.kill, os.getpid(), signal.SIGINT)
try:
    loop.run_forever()
except KeyboardInterrupt:
    print('KeyboardInterrupt')
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.stop()
    loop.run_forever()
finally:
    loop.close()
print(len([task for task in tasks if task.cancelled()]), 'cancelled,', cleaned, 'cleaned')
