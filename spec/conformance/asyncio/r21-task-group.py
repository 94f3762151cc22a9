"""R21: A task group waits for all its tasks. The first error cancels the rest, and all errors are raised together
as an ExceptionGroup.
"""
import inspect
from asyncio import Event, Task, TaskGroup, create_task, current_task, sleep, wait
from contextvars import ContextVar, copy_context

from failing import fail
from groups import ending
from probes import attempt, turn
from programs import program
from virtual import new_loop, run
from witness import names, now, outcome, ticker


def closed(coroutine):
    return inspect.getcoroutinestate(coroutine) == 'CORO_CLOSED'


async def never(log):
    log('never here')


@program('it waits for all its tasks, which keep their results')
def _(log):
    async def main():
        async with TaskGroup() as group:
            a = group.create_task(sleep(5, 'a'))
            b = group.create_task(sleep(3, 'b'))
            log('body ends at', now())
        log(a.result(), b.result(), now())

    run(main())


@program('an empty group takes no turn')
def _(log):
    async def main():
        ticker(log, 3)
        async with TaskGroup():
            log('body')
        log('after')
        await sleep(1)

    run(main())


@program('it ends one turn after its last task')
def _(log):
    async def child():
        log('child')

    async def main():
        ticker(log, 5)
        async with TaskGroup() as group:
            group.create_task(child())
        log('after')
        await sleep(1)

    run(main())


@program('for tasks that are done it takes no turn')
def _(log):
    async def child():
        log('child')

    async def main():
        async with TaskGroup() as group:
            task = group.create_task(child())
            ticker(log, 4)
            await task
            log('body')
        log('after')
        await sleep(1)

    run(main())


@program('the body may return a value')
def _(log):
    async def body():
        async with TaskGroup() as group:
            task = group.create_task(sleep(5, 'slept'))
            return await task

    async def main():
        log(await body(), now())

    run(main())


@program('it makes tasks, with a name and a context')
def _(log):
    async def child():
        log(current_task().get_name(), variable.get())

    async def main():
        context = copy_context()
        context.run(variable.set, 'given')
        async with TaskGroup() as group:
            variable.set('main')
            task = group.create_task(child(), name='a')
            variable.set('changed')
            log(isinstance(task, Task), task.get_name())
            group.create_task(child(), name='b', context=context)

    variable = ContextVar('variable', default='default')
    run(main())


@program('tasks may create more tasks, even while the group waits')
def _(log):
    async def child(group, depth):
        await sleep(1)
        log(depth, now())
        if depth > 0:
            group.create_task(child(group, depth - 1))

    async def main():
        async with TaskGroup() as group:
            group.create_task(child(group, 3))
        log('ended at', now())

    run(main())


@program('before it is entered it creates no tasks, and closes the coroutine')
def _(log):
    async def main():
        group, coroutine = TaskGroup(), never(log)
        attempt(log, lambda: group.create_task(coroutine))
        log(closed(coroutine))
        async with group:
            pass

    run(main())


@program('after its end it creates no tasks either')
def _(log):
    async def main():
        for busy in (False, True):
            async with TaskGroup() as group:
                if busy:
                    group.create_task(sleep(1))
            coroutine = never(log)
            attempt(log, lambda: group.create_task(coroutine))
            log(closed(coroutine))

    run(main())


@program('while it shuts down it creates no tasks either')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'sleep', sleep(10))
            coroutine = never(log)
            attempt(log, lambda: group.create_task(coroutine))
            log(closed(coroutine))

    run(ending(log, 'group', body()))


@program('a cancelled task that tries to create one adds that error to the group')
def _(log):
    async def child(group, coroutine):
        try:
            await sleep(100)
        finally:
            group.create_task(coroutine)

    async def body():
        async with TaskGroup() as group:
            group.create_task(child(group, coroutine))
            group.create_task(fail(1))

    coroutine = never(log)
    run(ending(log, 'group', body()))
    log(closed(coroutine))


@program('it can be entered once')
def _(log):
    async def enter(group):
        async with group:
            log('inside')

    async def main():
        group = TaskGroup()
        async with group:
            await outcome(log, 'inside itself', enter(group))
        await outcome(log, 'again', enter(group))

    run(main())


@program('it needs a task')
def _(log):
    def enter():
        try:
            TaskGroup().__aenter__().send(None)
        except RuntimeError as error:
            log(error)

    loop = new_loop()
    enter()
    loop.call_soon(enter)
    turn(loop)
    loop.close()


@program('tasks may wait for each other')
def _(log):
    async def first(event):
        await event.wait()
        log('first')
        return 'result'

    async def second(event, task):
        await sleep(1)
        event.set()
        log('second', await task)

    async def main():
        event = Event()
        async with TaskGroup() as group:
            task = group.create_task(first(event))
            group.create_task(second(event, task))
        log(now())

    run(main())


@program('the tasks of a group are tasks of the loop')
def _(log):
    async def main():
        async with TaskGroup() as group:
            tasks = [group.create_task(sleep(n), name=f'sleep {n}') for n in range(3)]
            done, pending = await wait(tasks, timeout=1.5)
            log(names(done), names(pending))

    run(main())


@program('run() ends a group that is still open')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child', sleep(100)))

    async def main():
        create_task(outcome(log, 'parent', parent()))
        await sleep(1)

    run(main())
