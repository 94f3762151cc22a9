"""`failAfter()` and `failAt()` are cancel scopes with a deadline that raise TimeoutError at their end."""
import trio
from failing import Boom
from programs import program
from world import attempt, ending, nap, run, shielded, tell


@program('failAfter() raises an error when its time is over')
def _(log):
    async def body(time):
        with trio.fail_after(5):
            await nap(log, 'body', time)
        return 'done'

    async def main():
        await ending(log, 'short', body(3))
        await ending(log, 'long', body(7))

    run(main)


@program('failAt() does so too')
def _(log):
    async def body(moment, time):
        with trio.fail_at(moment):
            await nap(log, 'body', time)
        return 'done'

    async def main():
        await ending(log, 'short', body(5, 3))
        await ending(log, 'long', body(5, 7))
        await ending(log, 'late', body(2, 7))

    run(main)


@program('failAfter(): the error comes at the end of the body')
def _(log):
    async def body():
        with trio.fail_after(5):
            try:
                await nap(log, 'body', 10)
            finally:
                await shielded(log, 'cleanup', 4)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('failAfter(): whoever cancels, the error is the same')
def _(log):
    async def body():
        with trio.fail_after(5) as scope:
            scope.cancel()
            await nap(log, 'body', 10)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('failAfter(): left without a wait, or swallowed, there is no error')
def _(log):
    async def left():
        with trio.fail_after(5) as scope:
            scope.cancel()
        return 'left'

    async def swallowed():
        with trio.fail_after(5):
            await ending(log, 'body', trio.sleep(10))
        return 'swallowed'

    async def main():
        await ending(log, 'all', left())
        await ending(log, 'all', swallowed())

    run(main)


@program('failAfter(): another error wins')
def _(log):
    async def body():
        with trio.fail_after(5):
            try:
                await nap(log, 'body', 10)
            except trio.Cancelled:
                raise Boom

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('failAfter(): cancelled from outside, it is a cancellation')
def _(log):
    async def main():
        with trio.move_on_after(3) as outer:
            with trio.fail_after(5) as inner:
                await nap(log, 'body', 10)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('failAfter() inside failAfter()')
def _(log):
    async def body(outer, inner):
        with trio.fail_after(outer):
            await ending(log, 'inner', inside(inner))
            await nap(log, 'between', 10)

    async def inside(time):
        with trio.fail_after(time):
            await nap(log, 'inside', 20)

    async def main():
        await ending(log, 'outer', body(5, 3))
        await ending(log, 'outer', body(3, 5))

    run(main)


@program('failAfter(): its deadline can be moved too')
def _(log):
    async def body():
        with trio.fail_after(5) as scope:
            scope.deadline += 4
            await nap(log, 'body', 8)
            await nap(log, 'more', 8)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a negative time is refused; a point in the past is not')
def _(log):
    async def main():
        attempt(log, 'move', lambda: trio.move_on_after(-1))
        attempt(log, 'fail', lambda: trio.fail_after(-1))
        attempt(log, 'at', lambda: trio.move_on_at(-1).cancel_called)

    run(main)
