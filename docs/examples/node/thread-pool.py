import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def call_back(x):
    time.sleep(0.2)
    return x


pool = ThreadPoolExecutor(max_workers=10)

futures = [pool.submit(call_back, i) for i in range(10)]
for future in futures:
    print('get', future.result())

loop = asyncio.new_event_loop()
tasks = [loop.run_in_executor(pool, call_back, 3) for i in range(20)]
loop.run_until_complete(asyncio.wait(tasks))
print(*[task.result() for task in tasks])
loop.close()
pool.shutdown()
