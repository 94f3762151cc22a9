"""R21, together with others: timeouts, `gather()` and `shield()` around, in the body of, and in the tasks of a
group.
"""
from asyncio import TaskGroup, create_task, current_task, gather, shield, sleep, timeout, wait_for

from errors import Boom
from failing import cleaning, fail, failing_cleanup
from groups import ending, tree
from programs import program
from virtual import run
from witness import now, outcome


@program('a timeout around a group ends it')
def _(log):
    async def body():
        async with timeout(10):
            async with TaskGroup() as group:
                group.create_task(cleaning(log, 'child', 5))

    async def main():
        await ending(log, 'body', body())
        log(current_task().cancelling(), now())

    run(main())


@program('a task that fails after the timeout: its error is raised')
def _(log):
    async def body(limit):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(failing_cleanup(5, Boom))

    async def main():
        limit = timeout(10)
        await ending(log, 'body', body(limit))
        log(limit.expired(), current_task().cancelling())
        await outcome(log, 'sleep', sleep(1, 'slept'))

    run(main())


@program('a timeout in the body is an error of the body')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child', sleep(100)))
            async with timeout(10):
                await sleep(50)

    async def main():
        await ending(log, 'group', body())
        log(current_task().cancelling(), now())

    run(main())


@program('a timeout in a task is an error of the task')
def _(log):
    async def child():
        async with timeout(10):
            await sleep(50)

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            group.create_task(outcome(log, 'other', sleep(100)))

    run(ending(log, 'group', body()))


@program('the error of a group inside a timeout is no timeout')
def _(log):
    async def body(limit):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(fail(1))
                await sleep(100)

    async def main():
        limit = timeout(10)
        await ending(log, 'body', body(limit))
        log(limit.expired(), current_task().cancelling())

    run(main())


@program('the timeout and the error at the same time')
def _(log):
    async def body(limit, first):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(fail(10 if first else 9.5))
                await sleep(100)

    async def main():
        for first in (True, False):
            limit = timeout(10)
            await ending(log, 'body', body(limit, first))
            log(limit.expired(), current_task().cancelling())

    run(main())


@program('wait_for() of a coroutine with a group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 5))

    async def main():
        await ending(log, 'wait_for', wait_for(body(), 10))
        log(now())

    run(main())


@program('gather() in a task of a group')
def _(log):
    async def child():
        return await gather(sleep(1, 'a'), sleep(2, 'b'))

    async def failing():
        await gather(fail(5), outcome(log, 'gathered', sleep(10)))

    async def body():
        async with TaskGroup() as group:
            good = group.create_task(child())
            group.create_task(failing())
            await sleep(3)
            log(good.result())
            await outcome(log, 'body', sleep(100))

    async def main():
        await ending(log, 'group', body())
        log(now())
        await sleep(10)

    run(main())


@program('gather() in the body is cancelled with it')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            await gather(outcome(log, 'a', sleep(10)), outcome(log, 'b', sleep(10)))

    run(ending(log, 'group', body()))


@program('groups inside a gather()')
def _(log):
    async def one():
        async with TaskGroup() as group:
            group.create_task(fail(5))

    async def two():
        async with TaskGroup() as group:
            return await group.create_task(sleep(10, 'two'))

    async def main():
        results = await gather(one(), two(), return_exceptions=True)
        log([tree(result) for result in results], now())

    run(main())


@program('what a task shields continues after the group')
def _(log):
    async def shielded():
        await sleep(20)
        log('shielded ends at', now())

    async def child():
        await outcome(log, 'child', shield(create_task(shielded())))

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            group.create_task(fail(1))

    async def main():
        await ending(log, 'group', body())
        await sleep(50)

    run(main())
