"""A cancel scope with a deadline cancels itself when its time is over."""
import math
from functools import partial

import trio
from programs import program, table
from world import ending, later, nap, now, open_group, run, shielded, tell


@program('a body that takes too long is left, and one that does not is not')
def _(log):
    async def main():
        for time in (3, 7):
            with trio.move_on_after(5) as scope:
                await nap(log, 'body', time)
            tell(log, 'scope', scope)
        await nap(log, 'after', 10)

    run(main)


@program('moveOnAt() takes a point in time')
def _(log):
    async def main():
        await trio.sleep(3)
        with trio.move_on_at(10) as scope:
            log(scope.deadline == 10)
            await nap(log, 'body', 100)
        tell(log, 'scope', scope)

    run(main)


@program('entered after its deadline, the first wait ends')
def _(log):
    async def main():
        scope = trio.move_on_at(5)
        await trio.sleep(8)
        with scope:
            log('the body begins')
            tell(log, 'inside', scope)
            await nap(log, 'body', 100)
        tell(log, 'scope', scope)

    run(main)


@program('before it is entered, it tells whether its deadline has passed')
def _(log):
    async def main():
        scope = trio.CancelScope(deadline=5)
        log(scope.cancel_called)
        await trio.sleep(8)
        log(scope.cancel_called)
        scope.deadline = math.inf
        log(scope.cancel_called)
        with scope:
            await nap(log, 'body', 10)
        tell(log, 'scope', scope)

    run(main)


@program('a scope that is given more time before anybody asked has it')
def _(log):
    async def main():
        scope = trio.CancelScope(deadline=5)
        await trio.sleep(8)
        scope.deadline = 12
        with scope:
            await nap(log, 'body', 10)
        tell(log, 'scope', scope)

    run(main)


@program('with a timeout of zero, it ends at the first wait')
def _(log):
    async def main():
        for scope in (trio.move_on_after(0), trio.move_on_at(0), trio.move_on_at(-5), trio.move_on_at(-math.inf)):
            with scope:
                log('the body begins')
                await nap(log, 'body', 5)
            tell(log, 'scope', scope)

    run(main)


@program('with a timeout of zero, and left without a wait')
def _(log):
    async def main():
        with trio.move_on_after(0) as scope:
            log('body')
        tell(log, 'scope', scope)

    run(main)


@program('without a deadline')
def _(log):
    async def main():
        for scope in (trio.move_on_after(math.inf), trio.move_on_at(math.inf), trio.CancelScope()):
            with scope:
                await nap(log, 'body', 1000)
            tell(log, 'scope', scope)

    run(main)


@program('after its end, its deadline does not matter')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            await nap(log, 'body', 3)
        await nap(log, 'after', 10)
        tell(log, 'scope', scope)

    run(main)


@table({
    'its deadline is postponed while it waits': dict(time=5, moves=[(3, 12)]),
    'its deadline is moved closer while it waits': dict(time=50, moves=[(3, 12)]),
    'its deadline is moved into the past while it waits': dict(time=50, moves=[(3, 1)]),
    'its deadline is removed, and set again, while it waits': dict(time=5, moves=[(3, math.inf), (20, 25)]),
})
def _(log, time, moves):
    async def main():
        async with open_group() as group:
            with trio.move_on_after(time) as scope:
                for at, deadline in moves:
                    group.start_soon(later, at, partial(setattr, scope, 'deadline', deadline))
                await nap(log, 'body', 100)
            tell(log, 'scope', scope)

    run(main)


@program('a watchdog: each step postpones the deadline')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            for time in (3, 4, 1, 6, 1):
                await nap(log, 'step', time)
                scope.deadline = trio.current_time() + 5
        tell(log, 'scope', scope)

    run(main)


@program('moved into the past by the body, it is cancelled at once')
def _(log):
    async def main():
        await trio.sleep(5)
        with trio.CancelScope() as scope:
            scope.deadline = 2
            tell(log, 'inside', scope)
            await nap(log, 'body', 10)
        tell(log, 'scope', scope)

    run(main)


@program('moved into the past and back by the body, it is not cancelled')
def _(log):
    async def main():
        await trio.sleep(5)
        with trio.CancelScope() as scope:
            scope.deadline = 2
            scope.deadline = 9
            await nap(log, 'body', 10)
        tell(log, 'scope', scope)

    run(main)


@program('once cancelled, more time does not help')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            await ending(log, 'body', trio.sleep(10))
            scope.deadline = 100
            await nap(log, 'more', 5)
        tell(log, 'scope', scope)
        log(scope.deadline == 100)

    run(main)


@program('cancelled before its deadline')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.move_on_after(5) as scope:
                group.start_soon(later, 3, scope.cancel)
                await nap(log, 'body', 10)
            tell(log, 'scope', scope)
            await nap(log, 'after', 10)

    run(main)


@program('of two scopes, the one that expires first')
def _(log):
    async def main():
        for times in ((5, 8), (8, 5)):
            with trio.move_on_after(times[0]) as outer:
                with trio.move_on_after(times[1]) as inner:
                    await nap(log, 'body', 10)
                await nap(log, 'between', 1)
            tell(log, 'inner', inner)
            tell(log, 'outer', outer)

    run(main)


@program('the outer one expires while the inner one cleans up behind a shield')
def _(log):
    async def main():
        with trio.move_on_after(8) as outer:
            with trio.move_on_after(5) as inner:
                try:
                    await nap(log, 'body', 10)
                finally:
                    await shielded(log, 'cleanup', 5)
            log('never')
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('a thousand scopes, one of which has less time')
def _(log):
    async def child(i, ended):
        with trio.move_on_after(50 if i == 700 else 100) as scope:
            await trio.sleep(75)
        if scope.cancelled_caught:
            ended.append(i)
            log(i, 'at', now())

    async def main():
        ended = []
        async with open_group() as group:
            for i in range(1000):
                group.start_soon(child, i, ended)
        log(ended, now())

    run(main)
