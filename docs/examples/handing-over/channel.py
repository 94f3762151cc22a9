import trio
from trio.testing import MockClock


async def cook(dish, seconds, sender):
    async with sender:
        for i in [1, 2, 3]:
            await trio.sleep(seconds)
            await sender.send(f'{dish} {i}')


async def waiter(receiver):
    async for dish in receiver:
        print('serves', dish)
    print('the kitchen is closed')


async def main():
    async with trio.open_nursery() as group:
        sender, receiver = trio.open_memory_channel(0)
        async with sender:
            group.start_soon(cook, 'soup', 2, sender.clone())
            group.start_soon(cook, 'cake', 3.5, sender.clone())
        await waiter(receiver)


trio.run(main, clock=MockClock(autojump_threshold=0))
