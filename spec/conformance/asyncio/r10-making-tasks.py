"""R10, making tasks: a task is made of a coroutine, in a loop, with a name and a context."""
import asyncio
from contextvars import ContextVar, copy_context

from probes import attempt
from programs import program
from virtual import new_loop, run
from witness import names, outcome
from yields import yields


@program('only a coroutine can be a task')
def _(log):
    async def child():
        log('never')

    async def main():
        loop = asyncio.get_running_loop()
        for nothing in (None, 42, 'text', child, loop.create_future(), loop):
            attempt(log, lambda: asyncio.create_task(nothing))
            attempt(log, lambda: loop.create_task(nothing))
        log(len(asyncio.all_tasks()))

    run(main())


@program('create_task needs a running loop, loop.create_task does not')
def _(log):
    async def child():
        return 'result'

    loop, coroutine = new_loop(), child()
    attempt(log, lambda: asyncio.create_task(coroutine))
    task = loop.create_task(coroutine)
    log(task.done(), task.get_loop() is loop)
    log(loop.run_until_complete(task))
    loop.close()


@program('a callback may make a task')
def _(log):
    async def child():
        log('child', asyncio.current_task() is tasks[0])
        loop.stop()

    def callback():
        tasks.append(asyncio.create_task(child()))
        log('callback', asyncio.current_task())

    tasks = []
    loop = new_loop()
    loop.call_soon(callback)
    loop.run_forever()
    log(tasks[0].done())
    loop.close()


@program('a task ends with what its coroutine ends with')
def _(log):
    async def main(end):
        await yields()
        return end()

    def fail(error):
        raise error

    loop = new_loop()
    for end in (
        lambda: 'result', lambda: None, lambda: ValueError('a result'),
        lambda: fail(ValueError('mine')), lambda: fail(StopIteration(5)), lambda: fail(GeneratorExit()),
        lambda: fail(asyncio.CancelledError()), lambda: fail(asyncio.InvalidStateError()),
    ):
        task = loop.create_task(main(end))
        attempt(log, lambda: loop.run_until_complete(task))
        log(task.cancelled())
    loop.close()


@program('a coroutine runs once: of two tasks made of it, one fails')
def _(log):
    async def child():
        log('child')
        return 'result'

    async def main():
        once = child()
        first, second = asyncio.create_task(once), asyncio.create_task(once)
        await outcome(log, 'first', first)
        await outcome(log, 'second', second)

    run(main())


@program('a task has its name, its coroutine and its loop')
def _(log):
    async def child():
        pass

    async def main():
        coroutine = child()
        task = asyncio.create_task(coroutine, name='mine')
        log(task.get_name(), task.get_coro() is coroutine, task.get_loop() is asyncio.get_running_loop())
        task.set_name('other')
        await task
        log(task.get_name(), task.get_coro() is coroutine)

    run(main())


@program('the current task, and the tasks that are not done')
def _(log):
    async def child():
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))

    async def main():
        asyncio.current_task().set_name('main')
        tasks = [asyncio.create_task(child(), name='a'), asyncio.create_task(child(), name='b')]
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda: log('callback', asyncio.current_task(), names(asyncio.all_tasks())))
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))
        await tasks[1]
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))

    run(main())


@program('a task has a copy of the context variables as they were when it was made')
def _(log):
    variable = ContextVar('variable', default='none')

    async def child(n):
        log(n, variable.get())
        variable.set(f'child {n}')
        await yields()
        log(n, variable.get())

    async def main():
        variable.set('first')
        tasks = [asyncio.create_task(child(0))]
        variable.set('second')
        tasks.append(asyncio.create_task(child(1)))
        variable.set('third')
        for task in tasks:
            await task
        log('main', variable.get())
        await child(2)
        log('main', variable.get())

    run(main())
    log('outside', variable.get())


@program('a task may be given a context, and shares it')
def _(log):
    variable = ContextVar('variable', default='none')

    async def child(n):
        log(n, variable.get())
        variable.set(f'child {n}')
        asyncio.get_running_loop().call_soon(lambda: log('callback of', n, variable.get()))

    async def main():
        context = copy_context()
        await asyncio.create_task(child(0), context=context)
        await asyncio.create_task(child(1), context=context)
        log('context', context[variable], 'main', variable.get())
        await asyncio.sleep(0)

    run(main())


@program('a task factory makes the tasks of the loop, until it is removed')
def _(log):
    class Mine(asyncio.Task):
        pass

    def factory(loop, coroutine, **options):
        log('factory', loop is asyncio.get_running_loop(), coroutine is made)
        return Mine(coroutine, loop=loop, **options)

    async def child():
        return 'result'

    async def main():
        nonlocal made
        loop = asyncio.get_running_loop()
        log(loop.get_task_factory())
        loop.set_task_factory(factory)
        log(loop.get_task_factory() is factory)
        for make in (asyncio.create_task, loop.create_task, asyncio.ensure_future):
            made = child()
            task = make(made)
            log(isinstance(task, Mine), await task)
        loop.set_task_factory(None)
        task = asyncio.create_task(child())
        log(isinstance(task, Mine), await task)

    made = None
    run(main())


@program('a task factory must be a function')
def _(log):
    loop = new_loop()
    attempt(log, lambda: loop.set_task_factory('no function'))
    attempt(log, lambda: loop.set_task_factory({}))
    log(loop.get_task_factory())
    loop.close()


@program('tasks can be made by their class, for another loop too')
def _(log):
    async def child(n):
        log('child', n)
        return n

    async def main():
        task = asyncio.Task(child(1))
        elsewhere = asyncio.Task(child(2), loop=other)
        log(task.get_loop() is asyncio.get_running_loop(), elsewhere.get_loop() is other)
        log(await task, elsewhere.done())
        return elsewhere

    other = new_loop()
    task = run(main())
    log(other.run_until_complete(task))
    other.close()
