"""R21, errors: when a task or the body fails, the rest is cancelled and awaited, and all errors are raised together."""
from asyncio import CancelledError, TaskGroup, current_task, get_running_loop, sleep

from errors import Bang, Boom, Crash
from failing import cleaning, fail, failing_cleanup
from groups import ending
from programs import program
from virtual import run
from witness import message, now, outcome


@program('an error of a task cancels the others, and is raised in a group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(outcome(log, 'other', sleep(10)))

    async def main():
        await ending(log, 'group', body())
        log(now(), current_task().cancelling())

    run(main())


@program('it cancels what the body waits for')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            try:
                await sleep(10)
            except CancelledError as error:
                log(error, message(error), current_task().cancelling())
                raise

    async def main():
        await ending(log, 'group', body())
        log(now(), current_task().cancelling())

    run(main())


@program('a body that swallows this cancellation does not stop the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'first', sleep(10))
            await outcome(log, 'second', sleep(10))
            log('body ends at', now(), current_task().cancelling())

    async def main():
        await ending(log, 'group', body())
        log(current_task().cancelling())

    run(main())


@program('uncancel() in the body does not prevent the errors')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'sleep', sleep(10))
            log(current_task().uncancel())

    async def main():
        await ending(log, 'group', body())
        log(current_task().cancelling())

    run(main())


@program('after an error the group waits until all the others have ended')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(cleaning(log, 'slow', 20))
            group.create_task(cleaning(log, 'quick', 10))
            await sleep(100)

    async def main():
        await ending(log, 'group', body())
        log(now())

    run(main())


@program('errors of cancelled tasks are in the group, in the order of their ends')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(20, Crash))
            group.create_task(failing_cleanup(10, Bang))
            group.create_task(cleaning(log, 'good', 15))
            group.create_task(fail(1))

    run(ending(log, 'group', body()))


@program('two tasks that fail in one turn are both in the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1, Boom))
            group.create_task(fail(1, Bang))

    run(ending(log, 'group', body()))


@program('an error of the body cancels the tasks, and is the last in the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(5, Bang))
            group.create_task(cleaning(log, 'good', 10))
            await sleep(1)
            raise Boom

    async def main():
        await ending(log, 'group', body())
        log(now(), current_task().cancelling())

    run(main())


@program('an error of the body alone is raised in a group too')
def _(log):
    async def empty():
        async with TaskGroup():
            raise Boom

    async def cancelled():
        async with TaskGroup() as group:
            group.create_task(sleep(10))
            raise Boom

    async def main():
        await ending(log, 'empty', empty())
        await ending(log, 'cancelled', cancelled())
        log(now())

    run(main())


@program('a body that answers the cancellation with an error adds it')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            try:
                await sleep(10)
            except CancelledError:
                raise Bang

    run(ending(log, 'group', body()))


@program('a body that waits for a failing task is cancelled')
def _(log):
    async def body():
        async with TaskGroup() as group:
            task = group.create_task(fail(1))
            await outcome(log, 'task', task)
            await sleep(1)
            log('body ends at', now())

    run(ending(log, 'group', body()))


@program('a task waits for one that fails: both errors are in the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            async def waiter():
                await outcome(log, 'waiter', task)
                raise Bang

            task = group.create_task(fail(1))
            group.create_task(waiter())

    run(ending(log, 'group', body()))


@program('a task created while the group waits may fail too')
def _(log):
    async def child(group):
        await sleep(1)
        group.create_task(fail(1))
        await outcome(log, 'child', sleep(100))

    async def body():
        async with TaskGroup() as group:
            group.create_task(child(group))

    run(ending(log, 'group', body()))


@program('a done callback added in the body comes after that of the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            task = group.create_task(fail(1))
            task.add_done_callback(lambda _: log('callback', current_task(), parent.cancelling()))
            await outcome(log, 'sleep', sleep(10))

    async def main():
        nonlocal parent
        parent = current_task()
        await ending(log, 'group', body())

    parent = None
    run(main())


@program('an error of a task counts as read')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(failing_cleanup(5, Bang))

    async def main():
        get_running_loop().set_exception_handler(lambda loop, context: log('report', context['message']))
        await ending(log, 'group', body())

    run(main())


@program('a hundred tasks, one of which fails')
def _(log):
    async def child(n):
        await sleep(n)
        if n == 50:
            raise Boom
        through.append(n)

    async def body():
        async with TaskGroup() as group:
            tasks.extend(group.create_task(child(n)) for n in range(100))

    through, tasks = [], []
    run(ending(log, 'group', body()))
    log(len(through), sum(task.cancelled() for task in tasks))


@program('an ExceptionGroup raised by a task is in the group as it is')
def _(log):
    async def child():
        await sleep(1)
        raise ExceptionGroup('of the child', [Boom(), Bang()])

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())

    async def main():
        await ending(log, 'group', body())

    run(main())
