import asyncio


async def brew(order, seconds):
    await asyncio.sleep(seconds)
    print('here is the', order)
    return order


async def main():
    served = []
    async with asyncio.TaskGroup() as group:
        for order, seconds in [('coffee', 0.03), ('tea', 0.02), ('milk', 0.01)]:
            task = group.create_task(brew(order, seconds), name=order)
            task.add_done_callback(lambda _, order=order: served.append(order))
        print('three orders, and nobody has begun')
    print('served:', ' '.join(served))


asyncio.run(main())
