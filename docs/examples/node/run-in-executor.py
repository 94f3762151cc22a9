import asyncio
import concurrent.futures
import time


def func1():
    time.sleep(0.2)
    return 'hello world'


async def main():
    loop = asyncio.get_running_loop()

    # 1. In the loop's default executor, which has threads
    result = await loop.run_in_executor(None, func1)
    print('default thread pool', result)

    # 2. In a pool of threads of our own
    with concurrent.futures.ThreadPoolExecutor() as pool:
        result = await loop.run_in_executor(pool, func1)
        print('custom thread pool', result)

    # 3. In a pool of processes
    with concurrent.futures.ProcessPoolExecutor() as pool:
        result = await loop.run_in_executor(pool, func1)
        print('custom process pool', result)


if __name__ == '__main__':
    asyncio.run(main())
