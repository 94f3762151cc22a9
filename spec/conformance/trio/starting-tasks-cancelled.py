"""`group.start()` is cancelled, or the task, or the group, before or after the task has started."""
import trio
from failing import Boom, fail
from programs import program
from world import ending, later, nap, now, open_group, run, shielded, tell


async def start_in_scope(log, group, server):
    """Start a task in a scope that is cancelled before the task has started."""
    with trio.move_on_after(5) as scope:
        await group.start(server)
        log('never')
    tell(log, 'scope', scope)


@program('start() is cancelled, and the task with it')
def _(log):
    async def server(task_status):
        await nap(log, 'server', 10)

    async def main():
        async with open_group() as group:
            await start_in_scope(log, group, server)
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('start() is cancelled: each wait of the task ends')
def _(log):
    async def server(task_status):
        try:
            await nap(log, 'server', 10)
        finally:
            await nap(log, 'cleanup', 10)

    async def main():
        async with open_group() as group:
            await start_in_scope(log, group, server)
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('start() is cancelled, and lasts as long as the task cleans up behind a shield')
def _(log):
    async def server(task_status):
        try:
            await nap(log, 'server', 10)
        finally:
            await shielded(log, 'cleanup', 10)

    async def main():
        async with open_group() as group:
            await start_in_scope(log, group, server)
            log('over at', now())

    run(main)


@program('start() is cancelled: the tasks of the task end with it')
def _(log):
    async def server(task_status):
        async with open_group() as inner:
            inner.start_soon(nap, log, 'child', 20)
        log('never')

    async def main():
        async with open_group() as group:
            await start_in_scope(log, group, server)

    run(main)


@program('start() is cancelled: a scope of the task is inside the cancelled one')
def _(log):
    async def server(task_status):
        with trio.CancelScope() as scope:
            await ending(log, 'server', trio.sleep(20))
            await ending(log, 'again', trio.sleep(20))
        tell(log, 'scope', scope)
        await nap(log, 'more', 2)

    async def main():
        async with open_group() as group:
            with trio.move_on_after(5) as scope:
                await group.start(server)
            tell(log, 'around', scope)
            log('over at', now())

    run(main)


@program('start() is cancelled, and the task continues until its own shield ends')
def _(log):
    async def server(task_status):
        with trio.CancelScope(shield=True):
            await nap(log, 'server', 10)
            task_status.started('too late')
        await nap(log, 'more', 10)

    async def main():
        async with open_group() as group:
            await start_in_scope(log, group, server)
            log('over at', now())

    run(main)


@program('a task that has started is cancelled with the group, in each of its waits')
def _(log):
    async def server(task_status):
        with trio.CancelScope() as scope:
            await trio.sleep(1)
            task_status.started(scope)
            try:
                await nap(log, 'server', 10)
            finally:
                await nap(log, 'cleanup', 10)

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                inner = await group.start(server)
                await trio.sleep(10)
        tell(log, 'inner', inner)
        tell(log, 'scope', scope)

    run(main)


@program('started from behind a shield into a cancelled scope, the task is cancelled')
def _(log):
    async def server(task_status):
        await nap(log, 'before', 3)
        task_status.started('value')
        log('started')
        await trio.sleep(3)
        log('never')

    async def main():
        with trio.CancelScope() as scope:
            async with open_group() as group:
                scope.cancel()
                with trio.CancelScope(shield=True):
                    log(await group.start(server))
        tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('start() is cancelled, and the task says that it has started all the same')
def _(log):
    async def server(task_status):
        try:
            await nap(log, 'server', 10)
        finally:
            task_status.started('too late')

    async def main():
        async with open_group() as group:
            with trio.move_on_after(5) as scope:
                log(await group.start(server))
            tell(log, 'scope', scope)

    run(main)


@program('start() is cancelled, and raises the error of the task')
def _(log):
    async def server(task_status):
        try:
            await nap(log, 'server', 10)
        finally:
            raise Boom

    async def body(group):
        with trio.move_on_after(5):
            await group.start(server)

    async def main():
        async with open_group() as group:
            await ending(log, 'start', body(group))
            await nap(log, 'body', 1)

    run(main)


@program('behind a shield, start() and the task continue')
def _(log):
    async def server(task_status):
        await nap(log, 'server', 10)
        task_status.started('value')
        await nap(log, 'more', 10)

    async def main():
        async with open_group() as group:
            with trio.move_on_after(5) as scope:
                with trio.CancelScope(shield=True):
                    log(await group.start(server))
                await nap(log, 'behind it', 5)
            tell(log, 'scope', scope)

    run(main)


@program('the scope around start() does not affect a task that has started')
def _(log):
    async def server(task_status):
        await trio.sleep(3)
        task_status.started('value')
        await nap(log, 'server', 10)

    async def main():
        async with open_group() as group:
            with trio.move_on_after(5) as scope:
                log(await group.start(server))
                await nap(log, 'body', 10)
            tell(log, 'scope', scope)

    run(main)


@program('the scope around the group does')
def _(log):
    async def server(task_status):
        await trio.sleep(3)
        task_status.started('value')
        await nap(log, 'server', 10)

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                log(await group.start(server))
        tell(log, 'scope', scope)

    run(main)


@program('the scope around the group is cancelled before the start')
def _(log):
    async def server(task_status):
        await nap(log, 'server', 10)

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                await group.start(server)
                log('never')
        tell(log, 'scope', scope)

    run(main)


@program('the task may open a scope before it has started')
def _(log):
    async def server(task_status):
        with trio.move_on_after(7) as scope:
            await trio.sleep(3)
            task_status.started(scope)
            await nap(log, 'server', 20)
        tell(log, 'scope', scope)
        await nap(log, 'more', 2)

    async def main():
        async with open_group() as group:
            with trio.move_on_after(5):
                await group.start(server)
                await nap(log, 'body', 10)

    run(main)


@program('a scope that the task has opened is in the scope of the group afterwards')
def _(log):
    async def server(task_status):
        with trio.CancelScope() as scope:
            await trio.sleep(3)
            task_status.started()
            await nap(log, 'server', 20)
        log('never')

    async def main():
        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                await group.start(server)
        tell(log, 'scope', scope)

    run(main)


@program('the group is cancelled while its body waits for a start')
def _(log):
    async def server(task_status):
        await nap(log, 'server', 10)

    async def main():
        async with open_group() as group:
            group.start_soon(later, 5, group.cancel_scope.cancel)
            await group.start(server)
            log('never')
        log('over at', now())

    run(main)


@program('another task of the group fails while the body waits for a start')
def _(log):
    async def server(task_status):
        await nap(log, 'server', 10)

    async def body():
        async with open_group() as group:
            group.start_soon(fail, 5)
            await group.start(server)
            log('never')

    async def main():
        await ending(log, 'all', body())

    run(main)
