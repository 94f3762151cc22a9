"""R10, eager tasks: an eager task takes its first step while it is being created."""
import asyncio
from contextvars import ContextVar

from probes import attempt, ticker, turn
from programs import program
from virtual import new_loop, run
from witness import outcome
from yields import yields


@program('an eager task begins at once, and continues in turns after it has waited')
def _(log):
    async def child(n):
        log('begins', n)
        await yields()
        log('goes on', n)
        return n

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        tasks = []
        for n in range(2):
            tasks.append(asyncio.create_task(child(n)))
            log('main', tasks[n].done())
        log(await tasks[1], await tasks[0])

    run(main())


@program('an eager task that does not wait is done at once')
def _(log):
    async def child(error=None):
        log(asyncio.current_task() is not current, len(asyncio.all_tasks()))
        if error:
            raise error
        return 'result'

    async def main():
        nonlocal current
        loop = asyncio.get_running_loop()
        loop.set_task_factory(asyncio.eager_task_factory)
        current = asyncio.current_task()
        ticker(loop, log, 1)
        finished, failed = asyncio.create_task(child()), asyncio.create_task(child(ValueError('mine')))
        log(finished.done(), failed.done(), asyncio.current_task() is current, len(asyncio.all_tasks()))
        await outcome(log, 'finished', finished)
        await outcome(log, 'failed', failed)
        await asyncio.sleep(1)

    current = None
    run(main())


@program('eager tasks inside eager tasks')
def _(log):
    async def nested(depth):
        log('in', depth)
        if depth < 3:
            log('got', await asyncio.create_task(nested(depth + 1)))
        else:
            await yields()
        log('out', depth)
        return depth

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        ticker(asyncio.get_running_loop(), log, 6)
        await nested(0)
        await asyncio.sleep(1)

    run(main())


@program('an eager task sees its own context variables, and its maker does not see what it sets')
def _(log):
    variable = ContextVar('variable', default='none')

    async def child():
        log('child', variable.get())
        variable.set('set by the child')
        await yields()
        log('child', variable.get())

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        variable.set('set by main')
        task = asyncio.create_task(child())
        log('main', variable.get())
        await task
        log('main', variable.get())

    run(main())


@program('KeyboardInterrupt of an eager task is raised where the task is made')
def _(log):
    async def child():
        raise KeyboardInterrupt

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        attempt(log, lambda: asyncio.create_task(child()))
        await asyncio.sleep(1)
        return 'goes on'

    log(run(main()))


@program('KeyboardInterrupt of an eager task made by a callback leaves the loop')
def _(log):
    async def child():
        raise KeyboardInterrupt

    def callback():
        asyncio.create_task(child())
        log('never')

    loop = new_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(callback)
    loop.call_soon(log, 'next run')
    attempt(log, lambda: turn(loop))
    turn(loop)
    loop.close()


@program('an eager task that cancels itself, and one cancelled where it waits')
def _(log):
    async def itself():
        asyncio.current_task().cancel()
        await outcome(log, 'itself', yields())
        return 'itself'

    async def waiting():
        await outcome(log, 'waiting', asyncio.get_running_loop().create_future())
        return 'waiting'

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        tasks = [asyncio.create_task(itself()), asyncio.create_task(waiting())]
        log([task.cancelling() for task in tasks])
        log(tasks[1].cancel())
        for task in tasks:
            log(await task)

    run(main())


@program('what an eager task schedules comes before what its maker schedules afterwards')
def _(log):
    async def child():
        asyncio.get_running_loop().call_soon(log, 'callback of the child')
        await yields()
        log('child')

    async def main():
        loop = asyncio.get_running_loop()
        loop.set_task_factory(asyncio.eager_task_factory)
        loop.call_soon(log, 'callback before')
        task = asyncio.create_task(child())
        loop.call_soon(log, 'callback after')
        await task
        log('main')
        await asyncio.sleep(1)

    run(main())


@program('without a running loop an eager task begins in the next turn')
def _(log):
    async def child():
        log('child')

    loop = new_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = loop.create_task(child())
    log('made', task.done())
    loop.run_until_complete(task)
    loop.close()
