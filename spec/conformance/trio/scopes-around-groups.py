"""A cancelled scope around a task group cancels the body and all tasks of the group."""
import trio
from failing import Boom
from programs import program
from world import ending, nap, now, open_group, run, shielded, tell


async def cleaning(log, name, time, cleanup):
    """Sleep, and clean up behind a shield."""
    try:
        await trio.sleep(time)
    finally:
        await shielded(log, name, cleanup)


@program('a cancelled scope around a group cancels all its tasks, and the body')
def _(log):
    async def child(name, ended):
        try:
            await trio.sleep(100)
        finally:
            ended.append(name)

    async def main():
        ended = []
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                for name in 'abc':
                    group.start_soon(child, name, ended)
                await nap(log, 'body', 50)
            log('never')
        tell(log, 'scope', scope)
        log(sorted(ended), now())

    run(main)


@program('it cancels the tasks after the end of the body, and the group waits for them')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 100)
                log('the body is over')
            log('never')
        tell(log, 'scope', scope)

    run(main)


@program('each wait of a task in it ends too')
def _(log):
    async def child():
        try:
            await nap(log, 'first', 100)
        finally:
            try:
                await nap(log, 'second', 100)
            finally:
                await nap(log, 'third', 0)

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(child)
        tell(log, 'scope', scope)

    run(main)


@program('tasks clean up behind a shield: the group waits for them')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(cleaning, log, 'a', 100, 10)
                group.start_soon(cleaning, log, 'b', 100, 20)
                await cleaning(log, 'body', 100, 15)
        tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('a shielded task continues to its end')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(shielded, log, 'shielded', 20)
                group.start_soon(nap, log, 'not shielded', 20)
        tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('a task created in a cancelled scope runs until it waits')
def _(log):
    async def child():
        log('the child begins')
        await nap(log, 'child', 5)

    async def main():
        with trio.CancelScope() as scope:
            scope.cancel()
            async with open_group() as group:
                group.start_soon(child)
                log('the body ends')
        tell(log, 'scope', scope)

    run(main)


@program('a group behind a shield continues in a cancelled scope')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            outer.cancel()
            with trio.CancelScope(shield=True) as inner:
                async with open_group() as group:
                    group.start_soon(nap, log, 'child', 5)
                    await nap(log, 'body', 3)
            log('the group is over at', now())
            await nap(log, 'behind it', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('a group that cleans up in a finally')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            try:
                await nap(log, 'body', 10)
            finally:
                with trio.move_on_after(10) as cleanup:
                    cleanup.shield = True
                    async with open_group() as group:
                        group.start_soon(nap, log, 'quick', 7)
                        group.start_soon(nap, log, 'slow', 30)
                tell(log, 'cleanup', cleanup)
        tell(log, 'scope', scope)

    run(main)


@program('a task cancels the scope around the group')
def _(log):
    async def child(scope):
        await trio.sleep(5)
        scope.cancel()
        await nap(log, 'child', 0)

    async def main():
        with trio.CancelScope() as scope:
            async with open_group() as group:
                group.start_soon(child, scope)
                await nap(log, 'body', 20)
        tell(log, 'scope', scope)

    run(main)


@program('the time of a whole group is over')
def _(log):
    async def body():
        with trio.fail_after(5):
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 10)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a task that fails when it is cancelled: the group is raised')
def _(log):
    async def child():
        try:
            await trio.sleep(100)
        finally:
            raise Boom

    async def body():
        with trio.move_on_after(5):
            async with open_group() as group:
                group.start_soon(child)
                await nap(log, 'body', 100)

    async def main():
        await ending(log, 'all', body())
        await nap(log, 'after', 1)

    run(main)


@program('a body that fails when it is cancelled')
def _(log):
    async def body():
        with trio.move_on_after(5):
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 100)
                try:
                    await trio.sleep(100)
                finally:
                    raise Boom

    async def main():
        await ending(log, 'all', body())
        await nap(log, 'after', 1)

    run(main)


@program('a body that swallows the cancellation: the tasks are cancelled all the same')
def _(log):
    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 100)
                try:
                    await trio.sleep(100)
                except trio.Cancelled:
                    pass
        tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('a task that swallows the cancellation ends, and the group with it')
def _(log):
    async def child():
        await ending(log, 'child', trio.sleep(100))
        await ending(log, 'again', trio.sleep(100))

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(child)
        log(scope.cancel_called, now())

    run(main)


@program('nested groups, and a scope around them all')
def _(log):
    async def inner(ended, name):
        async with open_group() as group:
            group.start_soon(leaf, ended, name + '1')
            group.start_soon(leaf, ended, name + '2')

    async def leaf(ended, name):
        try:
            await trio.sleep(100)
        finally:
            ended.append(name)

    async def main():
        ended = []
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(inner, ended, 'a')
                group.start_soon(inner, ended, 'b')
        tell(log, 'scope', scope)
        log(sorted(ended), now())

    run(main)


@program('the first task that is ready ends the others')
def _(log):
    async def racer(name, time, scope, results):
        await trio.sleep(time)
        results.append(name)
        scope.cancel()

    async def main():
        results = []
        with trio.CancelScope() as scope:
            async with open_group() as group:
                for name, time in (('slow', 9), ('fast', 3), ('middle', 6)):
                    group.start_soon(racer, name, time, scope, results)
        tell(log, 'scope', scope)
        log(results, now())

    run(main)
