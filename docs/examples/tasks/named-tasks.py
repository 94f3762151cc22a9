import asyncio

from support.virtual import VirtualLoop


async def func():
    print(1)
    await asyncio.sleep(2)
    print(2)
    return 'return value'


async def main():
    print('main starts')
    task_list = [
        asyncio.create_task(func(), name='t1'),
        asyncio.create_task(func(), name='t2'),
    ]
    print('main ends')

    done, pending = await asyncio.wait(task_list, timeout=None)
    print(len(done), 'done,', len(pending), 'pending')
    for task in task_list:
        print(task.get_name(), task.result())


asyncio.run(main(), loop_factory=VirtualLoop)
