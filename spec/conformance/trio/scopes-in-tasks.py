"""A cancel scope inside a task or in a part of the body leaves the other tasks of the group alone."""
import trio
from failing import fail
from programs import program
from world import ending, later, nap, now, open_group, run, shielded, tell


@program('a scope in a task is its own: the others continue')
def _(log):
    async def child(name, time):
        with trio.move_on_after(5) as scope:
            await nap(log, name, time)
        tell(log, name, scope)

    async def main():
        async with open_group() as group:
            group.start_soon(child, 'a', 10)
            group.start_soon(child, 'b', 4)
            await nap(log, 'body', 20)

    run(main)


@program('a scope around a part of the body leaves the tasks alone')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(nap, log, 'before', 7)
            with trio.move_on_after(5) as scope:
                group.start_soon(nap, log, 'inside', 9)
                await nap(log, 'body', 20)
            tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('a task created behind a shield is not behind it')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                with trio.CancelScope(shield=True):
                    group.start_soon(nap, log, 'child', 20)
                    await nap(log, 'body', 10)
        log(scope.cancel_called, now())

    run(main)


@program('a task cancels the scope in which the body waits')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.CancelScope() as scope:
                group.start_soon(later, 5, scope.cancel)
                group.start_soon(nap, log, 'child', 10)
                await nap(log, 'body', 20)
            tell(log, 'scope', scope)
            await nap(log, 'more', 2)

    run(main)


@program('a task fails: the body is cancelled, the scope around the group is not')
def _(log):
    async def body(scope):
        with scope:
            async with open_group() as group:
                group.start_soon(fail, 5)
                await nap(log, 'body', 20)

    async def main():
        scope = trio.CancelScope()
        await ending(log, 'all', body(scope))
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('a task fails, and a scope in the body does not catch that')
def _(log):
    async def body(scope):
        async with open_group() as group:
            group.start_soon(fail, 5)
            with scope:
                await nap(log, 'body', 20)
            log('never')

    async def main():
        scope = trio.CancelScope()
        await ending(log, 'all', body(scope))
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('a task fails, and a scope in another task does not catch its cancellation')
def _(log):
    async def child(scope):
        with scope:
            await nap(log, 'child', 20)
        log('never')

    async def body(scope):
        async with open_group() as group:
            group.start_soon(fail, 5)
            group.start_soon(child, scope)

    async def main():
        scope = trio.CancelScope()
        await ending(log, 'all', body(scope))
        tell(log, 'scope', scope)

    run(main)


@program('the time of one task is over: that is an error of the group')
def _(log):
    async def child():
        with trio.fail_after(5):
            await nap(log, 'slow', 10)

    async def body():
        async with open_group() as group:
            group.start_soon(child)
            await nap(log, 'body', 20)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a scope around the inner group only')
def _(log):
    async def inner():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(nap, log, 'leaf', 100)
        tell(log, 'inner', scope)
        await nap(log, 'goes on', 3)

    async def main():
        async with open_group() as group:
            group.start_soon(inner)
            group.start_soon(nap, log, 'beside', 20)

    run(main)


@program('a shielded scope in a task, with a shorter deadline of its own')
def _(log):
    async def child():
        with trio.move_on_after(9) as scope:
            scope.shield = True
            await nap(log, 'child', 100)
        tell(log, 'child', scope)
        await nap(log, 'more', 100)

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(child)
        tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('the shield of a task is switched off by another task')
def _(log):
    async def child(shield):
        with shield:
            await nap(log, 'child', 100)

    async def main():
        shield = trio.CancelScope(shield=True)
        async with open_group() as around:
            around.start_soon(later, 9, lambda: setattr(shield, 'shield', False))
            with trio.move_on_after(5) as scope:
                async with open_group() as group:
                    group.start_soon(child, shield)
            tell(log, 'scope', scope)
            tell(log, 'shield', shield)
            log('over at', now())

    run(main)


@program('a task enters a group in its scope while the scope is cancelled by another')
def _(log):
    async def child(scope):
        with scope:
            await shielded(log, 'first', 10)
            async with open_group() as group:
                group.start_soon(nap, log, 'leaf', 10)
            log('never')
        tell(log, 'child', scope)

    async def main():
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(child, scope)
            await trio.sleep(5)
            scope.cancel()

    run(main)


@program('the scope of the body has ended: its cancellation comes too late')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.CancelScope() as scope:
                group.start_soon(later, 5, scope.cancel)
                await nap(log, 'body', 3)
            await nap(log, 'more', 10)
            tell(log, 'scope', scope)

    run(main)
