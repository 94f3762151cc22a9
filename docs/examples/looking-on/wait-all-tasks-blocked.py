import trio
from trio.testing import MockClock, wait_all_tasks_blocked


async def washes(dishes, towel):
    for dish in dishes:
        await trio.sleep(0)
        print('washes', dish)
    await towel.wait()
    print('has the towel')


async def main():
    async with trio.open_nursery() as group:
        towel = trio.Event()
        group.start_soon(washes, ['cup', 'plate', 'pot'], towel)
        await wait_all_tasks_blocked()
        print('now it waits, at', round(trio.current_time()))
        towel.set()
        await wait_all_tasks_blocked()
        print('now it is over, at', round(trio.current_time()))


trio.run(main, clock=MockClock(autojump_threshold=0))
