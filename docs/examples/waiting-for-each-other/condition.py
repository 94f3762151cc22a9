import asyncio

from support.virtual import VirtualLoop


async def customer(name, condition, shelf):
    async with condition:
        await condition.wait_for(lambda: len(shelf) > 0)
        print(name, 'takes', shelf.pop(0))


async def main():
    shelf = []
    condition = asyncio.Condition()
    customers = [asyncio.create_task(customer(name, condition, shelf)) for name in ['Ann', 'Ben']]
    for item in ['bread', 'butter']:
        await asyncio.sleep(1)
        async with condition:
            shelf.append(item)
            print('there is', item)
            condition.notify()
    await asyncio.gather(*customers)


asyncio.run(main(), loop_factory=VirtualLoop)
