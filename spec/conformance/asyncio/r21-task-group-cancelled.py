"""R21, cancelled: a cancelled task is no error; a cancelled group cancels its tasks, waits for them, and is
cancelled.
"""
from asyncio import CancelledError, TaskGroup, create_task, current_task, sleep

from errors import Boom
from failing import cleaning, fail, failing_cleanup
from groups import ending
from programs import program, table
from virtual import run
from witness import message, now, outcome


async def said(log, task):
    """Wait for a task that is cancelled, and log its message."""
    try:
        await task
    except CancelledError as error:
        log(error, message(error), now(), task.cancelling())


@program('a task cancelled by hand is no error')
def _(log):
    async def main():
        async with TaskGroup() as group:
            task = group.create_task(sleep(100))
            other = group.create_task(sleep(10, 'other'))
            await sleep(1)
            task.cancel()
        log(task.cancelled(), other.result(), now())

    run(main())


@program('a task that raises CancelledError is no error either')
def _(log):
    async def main():
        async with TaskGroup() as group:
            task = group.create_task(fail(1, CancelledError))
            other = group.create_task(sleep(10, 'other'))
        log(task.cancelled(), other.result(), now())

    run(main())


@program('when all tasks are cancelled by hand, the group ends normally')
def _(log):
    async def main():
        async with TaskGroup() as group:
            tasks = [group.create_task(sleep(100)) for _ in range(3)]
            await sleep(1)
            for task in tasks:
                task.cancel()
        log([task.cancelled() for task in tasks], now(), current_task().cancelling())

    run(main())


@program('a task cancelled before its start never runs')
def _(log):
    async def child():
        log('never here')

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            raise Boom

    run(ending(log, 'group', body()))


@program('a task that swallows its cancellation is waited for')
def _(log):
    async def stubborn():
        await outcome(log, 'first', sleep(100))
        await sleep(50)
        log('stubborn ends at', now(), current_task().cancelling())

    async def body():
        async with TaskGroup() as group:
            group.create_task(stubborn())
            group.create_task(fail(1))

    run(ending(log, 'group', body()))


@table({
    'cancelled in its body, the group cancels its tasks and is cancelled':
        dict(body_waits=True, messages=['from outside']),
    'cancelled while it waits at the end, the group cancels its tasks and is cancelled':
        dict(body_waits=False, messages=['from outside']),
    'cancelled twice at the end, the group still waits for its tasks':
        dict(body_waits=False, messages=['first', 'second']),
    'cancelled in its body and again at the end, the group is cancelled with the first message':
        dict(body_waits=True, messages=['first', 'second']),
})
def _(log, body_waits, messages):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 10))
            if body_waits:
                await sleep(100)

    async def main():
        task = create_task(parent())
        for text in messages:
            await sleep(1)
            task.cancel(text)
        await said(log, task)

    run(main())


@program('a task that swallows it does not keep the group from being cancelled')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child', sleep(100)))
        log('never here')

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)

    run(main())


@program('a body that swallows a cancellation from outside continues')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            child = group.create_task(sleep(10, 'slept'))
            await outcome(log, 'sleep', sleep(100))
        log(child.result(), current_task().cancelling(), now())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)

    run(main())


@program('errors win over a cancellation from outside, which is delivered at the next wait')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(failing_cleanup(5, Boom))

        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(10))
        log(now())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('errors win too when the cancellation comes after the error')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(fail(1))
                group.create_task(cleaning(log, 'child', 10))

        await ending(log, 'group', body())
        log(current_task().cancelling(), now())
        await outcome(log, 'sleep', sleep(10))

    async def main():
        task = create_task(parent())
        await sleep(5)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('cancelled from outside in the turn of the error, it has both')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(fail(5))
                await sleep(100)

        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(10))

    async def main():
        task = create_task(parent())
        await sleep(5)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('an earlier request stays counted')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'body', sleep(10))

    async def main():
        current_task().cancel()
        await outcome(log, 'before', sleep(10))
        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'after', sleep(10))

    run(main())


@program('a body that cancels its own task is cancelled at its end')
def _(log):
    async def parent(empty):
        async with TaskGroup() as group:
            if not empty:
                group.create_task(outcome(log, 'child', sleep(10)))
            current_task().cancel('by itself')
        log('after the group', now())
        await sleep(1)

    async def main():
        for empty in (False, True):
            await said(log, create_task(parent(empty)))

    run(main())


@program('a child may cancel the parent, and so the group')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(killer(current_task()))
            group.create_task(outcome(log, 'sibling', sleep(100)))

    async def killer(task):
        await sleep(1)
        task.cancel('by the child')
        await sleep(100)

    async def main():
        await said(log, create_task(parent()))

    run(main())
