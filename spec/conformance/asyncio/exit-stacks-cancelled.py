"""Exits may wait; a cancellation passes an exit stack like any other error."""
from asyncio import TaskGroup, create_task, current_task, sleep, timeout
from contextlib import AsyncExitStack

from errors import Boom
from failing import fail
from groups import ending
from managers import Manager
from programs import program
from virtual import run
from witness import now, outcome


@program('exits may wait')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            for n in (1, 2, 3):
                stack.push_async_callback(sleep, n * 10)
                stack.callback(lambda: log(now()))
        log('after', now())

    run(main())


@program('a cancellation passes the stack')
def _(log):
    async def child():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            stack.push_async_callback(sleep, 10)
            await stack.enter_async_context(Manager(log, 'b'))
            await sleep(100)

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(now())

    run(main())


@program('cancelled while it is being left, the stack continues leaving')
def _(log):
    async def child():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            stack.push_async_callback(sleep, 100)
            await stack.enter_async_context(Manager(log, 'b'))
            raise Boom

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(now())

    run(main())


@program('a manager may swallow a cancellation, which stays counted')
def _(log):
    async def child():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a', swallows=True))
            await sleep(100)
        log('after', current_task().cancelling())
        return 'result'

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)

    run(main())


@program('a timeout in a stack')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(timeout(10))
            await stack.enter_async_context(Manager(log, 'b'))
            await sleep(100)

    async def main():
        await outcome(log, 'stack', body())
        log(now(), current_task().cancelling())

    run(main())


@program('a task group in a stack')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            group = await stack.enter_async_context(TaskGroup())
            group.create_task(fail(5))
            await stack.enter_async_context(Manager(log, 'b'))
            await sleep(100)

    async def main():
        await ending(log, 'stack', body())
        log(now(), current_task().cancelling())

    run(main())
