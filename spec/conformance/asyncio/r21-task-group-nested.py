"""R21, nested: the error of an inner group is an error of the outer one, and a cancellation passes from the outer
to the inner.
"""
from asyncio import TaskGroup, create_task, current_task, gather, sleep

from errors import Bang, Boom, Crash
from failing import cleaning, fail, failing_cleanup
from groups import ending, tree
from programs import program
from virtual import run
from witness import now, outcome


@program('groups nest, and so do their errors')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(failing_cleanup(5, Bang))

    async def body():
        async with TaskGroup() as group:
            group.create_task(inner())
            group.create_task(failing_cleanup(10, Crash))

    run(ending(log, 'outer', body()))


@program('an inner group that fails is the error of the outer body')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(failing_cleanup(10, Bang))
            async with TaskGroup() as inner:
                inner.create_task(fail(1))
                await sleep(100)

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling(), now())

    run(main())


@program('an error of the outer group cancels the inner one')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(cleaning(log, 'child', 10))
                    await sleep(100)
            except BaseException as error:
                log('inner', tree(error), current_task().cancelling())
                raise

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling())

    run(main())


@program('when both groups have an error, the outer one raises both')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(failing_cleanup(10, Bang))
            except BaseException as error:
                log('inner', tree(error), current_task().cancelling())
                raise

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(1))

    run(main())


@program('errors of both groups in one turn')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1, Boom))
            async with TaskGroup() as inner:
                inner.create_task(fail(1, Bang))
                await sleep(100)

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling(), now())

    run(main())


@program('an inner error handled in the outer body leaves the outer group alone')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(fail(1))

    async def main():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'other', sleep(10, 'slept')))
            await ending(log, 'inner', inner())
            log(current_task().cancelling())
        log(now())

    run(main())


@program('nested groups cancelled from outside end from the inside out')
def _(log):
    async def parent():
        async with TaskGroup() as outer:
            outer.create_task(cleaning(log, 'outer child', 5))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(cleaning(log, 'inner child', 10))
            finally:
                log('between', now(), current_task().cancelling())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)
        log(now(), task.cancelling())

    run(main())


@program('a cancellation from outside survives an inner group with an error')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(5, Boom))

    async def parent():
        async with TaskGroup() as outer:
            outer.create_task(outcome(log, 'outer child', sleep(100)))
            await ending(log, 'inner', inner())
            log(current_task().cancelling())
            await outcome(log, 'sleep', sleep(100))
            log('outer body ends at', now())
        log('never here')

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await sleep(50)
        task.cancel()
        await outcome(log, 'parent', task)
        log(now(), task.cancelling())

    run(main())


@program('groups of different tasks are independent')
def _(log):
    async def one():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            await sleep(100)

    async def two():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child of two', sleep(10, 'slept')))
            await sleep(20)
        return 'two'

    async def main():
        await gather(ending(log, 'one', one()), ending(log, 'two', two()))

    run(main())
