import asyncio

from support.virtual import VirtualLoop


async def fetch(page, desks):
    async with desks:
        print(page, 'begins at', asyncio.get_running_loop().time())
        await asyncio.sleep(page)
        return page * page


async def main():
    desks = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(page, desks)) for page in [3, 1, 2, 4]]
    print(*[task.result() for task in tasks])


asyncio.run(main(), loop_factory=VirtualLoop)
