"""`group.start()` creates a task and waits until the task says that it has started."""
import trio
from failing import Boom
from programs import program
from world import ending, nap, now, open_group, run


@program('it returns the value that the task started with, and the task continues')
def _(log):
    async def server(task_status):
        await trio.sleep(3)
        task_status.started('address')
        log('started, and goes on')
        await nap(log, 'server', 5)

    async def main():
        async with open_group() as group:
            log(await group.start(server), now())
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('without a value it returns nothing')
def _(log):
    async def server(task_status):
        task_status.started()
        await nap(log, 'server', 5)

    async def main():
        async with open_group() as group:
            log(await group.start(server), now())

    run(main)


@program('a task that starts and ends at once')
def _(log):
    async def server(task_status):
        task_status.started('at once')

    async def main():
        async with open_group() as group:
            log(await group.start(server), now())
            await nap(log, 'body', 1)

    run(main)


@program('a task that starts and ends in the same turn, after a while')
def _(log):
    async def server(task_status):
        await trio.sleep(5)
        task_status.started('value')

    async def main():
        async with open_group() as group:
            log(await group.start(server), now())

    run(main)


@program('several, one after the other')
def _(log):
    async def server(name, time, task_status):
        await trio.sleep(time)
        task_status.started(name)
        await nap(log, name, 10)

    async def main():
        async with open_group() as group:
            for name, time in (('a', 3), ('b', 1), ('c', 2)):
                log(await group.start(server, name, time), 'at', now())
        log('over at', now())

    run(main)


@program('several at the same time')
def _(log):
    async def server(time, task_status):
        await trio.sleep(time)
        task_status.started(time)
        await trio.sleep(10)

    async def starter(group, time):
        log(await group.start(server, time), 'at', now())

    async def main():
        async with open_group() as group:
            for time in (3, 1, 2):
                group.start_soon(starter, group, time)
        log('over at', now())

    run(main)


@program('an error before the start is raised by start(), and the group continues')
def _(log):
    async def server(task_status):
        await trio.sleep(3)
        raise Boom

    async def main():
        async with open_group() as group:
            group.start_soon(nap, log, 'other', 10)
            await ending(log, 'start', group.start(server))
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('an error before the first wait is raised by start() too')
def _(log):
    async def server(task_status):
        raise Boom

    async def main():
        async with open_group() as group:
            await ending(log, 'start', group.start(server))
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('an error after the start belongs to the group')
def _(log):
    async def server(task_status):
        task_status.started('value')
        await trio.sleep(3)
        raise Boom

    async def body():
        async with open_group() as group:
            log(await group.start(server))
            await nap(log, 'body', 10)

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('an error in the turn of the start belongs to the group')
def _(log):
    async def server(task_status):
        await trio.sleep(3)
        task_status.started('value')
        raise Boom

    async def body():
        async with open_group() as group:
            await group.start(server)
            await trio.sleep(10)
            log('never')

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a task that ends without starting is an error')
def _(log):
    async def server(task_status):
        await trio.sleep(3)

    async def main():
        async with open_group() as group:
            await ending(log, 'start', group.start(server))
            await nap(log, 'body', 1)
        log('over at', now())

    run(main)


@program('started twice')
def _(log):
    async def server(task_status):
        task_status.started('first')
        try:
            task_status.started('second')
        except RuntimeError as error:
            log(error)
        await nap(log, 'server', 3)

    async def main():
        async with open_group() as group:
            log(await group.start(server))

    run(main)


@program('started twice, and the error is not caught')
def _(log):
    async def server(task_status):
        await trio.sleep(1)
        task_status.started('first')
        await trio.sleep(1)
        task_status.started('second')

    async def body():
        async with open_group() as group:
            log(await group.start(server))

    async def main():
        await ending(log, 'all', body())

    run(main)


@program('a task started after the end of the body; the group waits for it')
def _(log):
    async def server(task_status):
        await trio.sleep(5)
        task_status.started('value')
        await nap(log, 'server', 5)

    async def starter(group):
        await trio.sleep(1)
        log(await group.start(server), now())

    async def main():
        async with open_group() as group:
            group.start_soon(starter, group)
        log('over at', now())

    run(main)


@program('after the end of the group nothing starts')
def _(log):
    async def server(task_status):
        log('never')

    async def main():
        async with open_group() as group:
            pass
        await ending(log, 'start', group.start(server))

    run(main)


@program('a task that starts another one in its turn')
def _(log):
    async def inner(task_status):
        await trio.sleep(2)
        task_status.started('inner')
        await nap(log, 'inner', 5)

    async def outer(group, task_status):
        value = await group.start(inner)
        await trio.sleep(2)
        task_status.started(['outer', value])
        await nap(log, 'outer', 2)

    async def main():
        async with open_group() as group:
            log(await group.start(outer, group), now())

    run(main)


@program('start() in another group')
def _(log):
    async def server(task_status):
        await trio.sleep(2)
        task_status.started('value')
        await nap(log, 'server', 5)

    async def main():
        async with open_group() as outer:
            async with open_group():
                log(await outer.start(server), now())
            log('the inner is over at', now())
        log('over at', now())

    run(main)
