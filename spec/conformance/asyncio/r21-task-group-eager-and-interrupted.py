"""R21, eager tasks and KeyboardInterrupt: eager tasks count like others; KeyboardInterrupt leaves the group
without an ExceptionGroup.
"""
from asyncio import TaskGroup, current_task, eager_task_factory, get_running_loop, sleep

from errors import Boom
from failing import cleaning, fail, failing_cleanup
from groups import ending
from probes import attempt
from programs import program
from virtual import new_loop, run
from witness import now, outcome, ticker


@program('eager tasks that end at once need no wait')
def _(log):
    async def child(name):
        log(name)
        return name

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        ticker(log, 3)
        async with TaskGroup() as group:
            a, b = group.create_task(child('a')), group.create_task(child('b'))
            log(a.done(), b.done())
        log('after', a.result(), b.result())
        await sleep(1)

    run(main())


@program('an eager task that fails at once cancels the body at its next wait')
def _(log):
    async def child():
        raise Boom

    async def body():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'other', sleep(10)))
            group.create_task(child())
            log('body goes on', current_task().cancelling())
            attempt(log, lambda: group.create_task(sleep(1)))
            await outcome(log, 'sleep', sleep(10))

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        await ending(log, 'group', body())
        log(current_task().cancelling(), now())

    run(main())


@program('an eager task that fails at the end of the body')
def _(log):
    async def child():
        raise Boom

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(1))

    run(main())


@program('eager tasks that wait are like others')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            group.create_task(outcome(log, 'other', sleep(10)))
            log('body')

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        await ending(log, 'group', body())
        log(now())

    run(main())


@program('a KeyboardInterrupt of a task leaves the loop as it is')
def _(log):
    async def main():
        async with TaskGroup() as group:
            group.create_task(sleep(10))
            group.create_task(fail(1, KeyboardInterrupt))
            await outcome(log, 'body', sleep(100))

    attempt(log, lambda: run(main()))


@program('a KeyboardInterrupt of the body is raised as it is, after the tasks have ended')
def _(log):
    async def main():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(5, Boom))
            group.create_task(cleaning(log, 'child', 10))
            await sleep(1)
            raise KeyboardInterrupt

    attempt(log, lambda: run(main()))


@program('a run resumed after a KeyboardInterrupt of a task gets it at the end of the group')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1, KeyboardInterrupt))
            group.create_task(failing_cleanup(5, Boom))

    async def main():
        await ending(log, 'group', body())
        log(now(), current_task().cancelling())

    loop = new_loop()
    task = loop.create_task(main())
    attempt(log, lambda: loop.run_until_complete(task))
    attempt(log, lambda: loop.run_until_complete(task))
    loop.close()
