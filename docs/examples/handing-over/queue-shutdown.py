import asyncio

from support.virtual import VirtualLoop


async def consumer(queue):
    try:
        while True:
            print('got', await queue.get())
            await asyncio.sleep(1)
    except asyncio.QueueShutDown:
        print('no more will come')


async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(consumer(queue))
    for item in ['bread', 'butter', 'tea']:
        await queue.put(item)
    queue.shutdown()
    try:
        await queue.put('milk')
    except asyncio.QueueShutDown:
        print('the milk is refused')
    await task


asyncio.run(main(), loop_factory=VirtualLoop)
