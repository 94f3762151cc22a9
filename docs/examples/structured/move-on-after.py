import trio
from trio.testing import MockClock


async def main():
    scope = trio.move_on_after(2)
    with scope:
        try:
            await trio.sleep(10)
        except trio.Cancelled:
            print('cancelled at', round(trio.current_time()))
            with trio.CancelScope(shield=True):
                await trio.sleep(1)
            print('a shielded wait ended at', round(trio.current_time()))
            await trio.sleep(1)
            print('any other wait in the scope is cancelled at once')
    print('moved on' if scope.cancelled_caught else 'was not late', 'at', round(trio.current_time()))


trio.run(main, clock=MockClock(autojump_threshold=0))
