"""A task group can be cancelled from inside or outside. It then ends without an error, unless a task or the body
fails.
"""
import trio
from failing import Boom, fail
from programs import program
from world import ending, later, nap, now, open_group, run, tell


def cancel(group):
    group.cancel_scope.cancel()


@program('the body cancels it: the tasks and the body end')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(nap, log, 'child', 10)
            await trio.sleep(5)
            cancel(group)
            log('goes on until it waits')
            await trio.sleep(10)
            log('never')
        log('over at', now())

    run(main)


@program('the body cancels it, and ends')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(nap, log, 'child', 10)
            await trio.sleep(5)
            cancel(group)
        log('over at', now())

    run(main)


@program('a task cancels it while the body waits')
def _(log):
    async def child(group):
        await trio.sleep(5)
        cancel(group)

    async def main():
        async with open_group() as group:
            group.start_soon(child, group)
            await nap(log, 'body', 10)
        log('over at', now())
        await nap(log, 'after', 1)

    run(main)


@program('a task cancels it after the end of the body')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(later, 5, lambda: cancel(group))
            group.start_soon(nap, log, 'child', 10)
        log('over at', now())
        await nap(log, 'after', 1)

    run(main)


@program('a task that cancels it is cancelled too, at its next wait')
def _(log):
    async def child(group):
        await trio.sleep(5)
        cancel(group)
        await nap(log, 'child', 10)

    async def main():
        async with open_group() as group:
            group.start_soon(child, group)
        log('over at', now())

    run(main)


@program('somebody outside cancels it')
def _(log):
    async def main():
        async with open_group() as around:
            async with open_group() as group:
                around.start_soon(later, 5, lambda: cancel(group))
                around.start_soon(nap, log, 'outside', 8)
                group.start_soon(nap, log, 'child', 10)
                await trio.sleep(20)
            log('over at', now())
            await nap(log, 'after', 1)

    run(main)


@program('cancelled twice, and after its end')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(nap, log, 'child', 10)
            await trio.sleep(5)
            cancel(group)
            cancel(group)
        log('over at', now())
        cancel(group)
        await nap(log, 'after', 1)

    run(main)


@program('cancelled with nothing in it')
def _(log):
    async def main():
        async with open_group() as group:
            cancel(group)
            await nap(log, 'body', 5)
        async with open_group() as group:
            cancel(group)
            log('body')
        await nap(log, 'after', 1)

    run(main)


@program('a task that fails when it is cancelled')
def _(log):
    async def child():
        try:
            await trio.sleep(10)
        finally:
            raise Boom

    async def body():
        async with open_group() as group:
            group.start_soon(child)
            group.start_soon(nap, log, 'other', 10)
            await trio.sleep(5)
            cancel(group)

    async def main():
        await ending(log, 'all', body())
        await nap(log, 'after', 1)

    run(main)


@program('a body that fails when it is cancelled')
def _(log):
    async def body():
        async with open_group() as group:
            group.start_soon(nap, log, 'child', 10)
            await trio.sleep(5)
            cancel(group)
            raise Boom

    async def main():
        await ending(log, 'all', body())
        await nap(log, 'after', 1)

    run(main)


@program('tasks and the body fail, all of them')
def _(log):
    async def child():
        try:
            await trio.sleep(10)
        except trio.Cancelled:
            raise Boom

    async def body():
        async with open_group() as group:
            group.start_soon(child)
            group.start_soon(child)
            try:
                await trio.sleep(5)
                cancel(group)
                await trio.sleep(5)
            finally:
                raise ValueError

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a body that swallows the error continues, and the group ends without an error')
def _(log):
    async def main():
        async with open_group() as group:
            group.start_soon(later, 10, lambda: log('never'))
            await trio.sleep(5)
            cancel(group)
            await ending(log, 'body', trio.sleep(3))
            log('goes on')
        log('over at', now())
        await nap(log, 'after', 1)

    run(main)


@program('a task that swallows the error ends')
def _(log):
    async def child():
        await ending(log, 'child', trio.sleep(10))

    async def main():
        async with open_group() as group:
            group.start_soon(child)
            await trio.sleep(5)
            cancel(group)
        log('over at', now())

    run(main)


@program('the inner of two groups')
def _(log):
    async def main():
        async with open_group() as outer:
            outer.start_soon(nap, log, 'in the outer', 10)
            async with open_group() as inner:
                inner.start_soon(nap, log, 'in the inner', 10)
                await trio.sleep(5)
                cancel(inner)
            log('the inner is over at', now())
            await nap(log, 'body', 2)
        log('over at', now())

    run(main)


@program('the outer of two groups')
def _(log):
    async def main():
        async with open_group() as outer:
            outer.start_soon(nap, log, 'in the outer', 20)
            outer.start_soon(later, 5, lambda: cancel(outer))
            try:
                async with open_group() as inner:
                    inner.start_soon(later, 50, lambda: log('never'))
            finally:
                log('the inner is over at', now())
            log('never')
        log('over at', now())
        await nap(log, 'after', 1)

    run(main)


@program('a group in a task of the group that is cancelled')
def _(log):
    async def child():
        async with open_group() as group:
            group.start_soon(nap, log, 'grandchild', 10)
        log('never')

    async def main():
        async with open_group() as group:
            group.start_soon(child)
            await trio.sleep(5)
            cancel(group)
        log('over at', now())

    run(main)


@program('the scopes in its tasks and its body do not catch the error')
def _(log):
    async def child(scope):
        with scope:
            await trio.sleep(10)
        log('never')

    async def main():
        a, b = trio.CancelScope(), trio.CancelScope()
        async with open_group() as group:
            group.start_soon(child, a)
            group.start_soon(later, 5, lambda: cancel(group))
            with b:
                await trio.sleep(10)
            log('never')
        tell(log, 'a', a)
        tell(log, 'b', b)

    run(main)


@program('the scope around it is not cancelled')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 10)
                await trio.sleep(5)
                cancel(group)
                await trio.sleep(5)
            tell(log, 'inside', scope)
            await nap(log, 'after', 1)
        tell(log, 'scope', scope)

    run(main)


@program('the scope around it is cancelled afterwards, and catches the error')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            async with open_group() as group:
                group.start_soon(nap, log, 'child', 10)
                await trio.sleep(5)
                cancel(group)
            scope.cancel()
            await nap(log, 'after', 1)
        tell(log, 'scope', scope)

    run(main)


@program('a failing task cancels the rest too')
def _(log):
    async def body():
        async with open_group() as group:
            group.start_soon(fail, 5)
            group.start_soon(nap, log, 'child', 10)
            await trio.sleep(10)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('groups that fail inside groups are nested ExceptionGroups')
def _(log):
    async def inner():
        async with open_group() as group:
            group.start_soon(fail, 5, ValueError())
            group.start_soon(nap, log, 'child', 10)

    async def body():
        async with open_group() as group:
            group.start_soon(inner)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('waiting for the first of several')
def _(log):
    async def first(*times):
        result = []

        async def racer(time, group):
            await trio.sleep(time)
            result.append(time)
            cancel(group)

        async with open_group() as group:
            for time in times:
                group.start_soon(racer, time, group)
        return result[0]

    async def main():
        log(await first(9, 3, 6), now())
        log(await first(4), now())

    run(main)
