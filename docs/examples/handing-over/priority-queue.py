import asyncio

from support.virtual import VirtualLoop


async def doctor(queue):
    while True:
        urgency, patient = await queue.get()
        print(urgency, patient)
        await asyncio.sleep(1)
        queue.task_done()


async def main():
    queue = asyncio.PriorityQueue()
    for item in [(3, 'cough'), (2, 'broken arm'), (4, 'certificate')]:
        await queue.put(item)
    task = asyncio.create_task(doctor(queue))
    await asyncio.sleep(1.5)
    await queue.put((1, 'heart attack'))
    await queue.join()
    task.cancel()


asyncio.run(main(), loop_factory=VirtualLoop)
