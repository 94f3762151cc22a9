import asyncio

from support.virtual import VirtualLoop


async def func():
    print(1)
    await asyncio.sleep(2)
    print(2)
    return 'return value'


task_list = [
    func(),
    func(),
]


async def main():
    return await asyncio.wait([asyncio.create_task(coroutine) for coroutine in task_list])


done, pending = asyncio.run(main(), loop_factory=VirtualLoop)
for task in done:
    print(task.result())
print(len(pending), 'pending')
