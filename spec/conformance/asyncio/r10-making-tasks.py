"""R10: a task takes its first step in the next turn; a bare yield passes one turn; what a task cannot wait for."""
import asyncio
import types
from contextvars import ContextVar, copy_context

from probes import attempt, ticker, turn
from virtual import new_loop, run
from witness import names, outcome

from programs import program


@types.coroutine
def yields(value=None):
    """A yield in a coroutine."""
    return (yield value)


@program('tasks begin in the next turn, in the order in which they were made')
def _(log):
    async def child(n):
        log('child', n)

    async def main():
        for n in range(3):
            asyncio.create_task(child(n))
        log('main')
        await asyncio.sleep(0)
        log('main again')

    run(main())


@program('a task runs until it waits, and ends in the turn in which its coroutine returns')
def _(log):
    async def child():
        log('begins')
        await yields()
        log('goes on')
        return 'result'

    loop = new_loop()
    task = loop.create_task(child())
    for _ in range(2):
        log('done', task.done())
        turn(loop)
    log('done', task.done(), task.result())
    loop.close()


@program('tasks and callbacks take their turns in one queue')
def _(log):
    async def child(n):
        log('child', n)
        await yields()
        log('child', n, 'again')

    loop = new_loop()
    loop.call_soon(log, 'callback 0')
    loop.create_task(child(1))
    loop.call_soon(log, 'callback 2')
    loop.create_task(child(3))
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()


@program('a bare yield passes one turn, and gives nothing')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 4)
        for _ in range(3):
            log('got', await yields())
        await asyncio.sleep(1)

    run(main())


@program('a bare yield passes one turn at any depth of coroutines')
def _(log):
    async def nested(depth):
        if depth > 0:
            await nested(depth - 1)
        await yields()
        log('depth', depth)

    async def main():
        ticker(asyncio.get_running_loop(), log, 4)
        await nested(2)
        await asyncio.sleep(1)

    run(main())


@program('a value that is yielded is an error in the task, a turn later, and the task may go on')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 6)
        for value in (42, 'text', False, [], log):
            try:
                await yields(value)
            except RuntimeError as error:
                log(error)
        await asyncio.sleep(1)
        return 'result'

    log(run(main()))


@program('a future that is yielded is an error, and goes unharmed')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        ticker(loop, log, 3)
        future = loop.create_future()
        await outcome(log, 'yield', yields(future))
        log(future.done())
        future.set_result('result')
        await outcome(log, 'yield', yields(future))
        await outcome(log, 'await', future)
        await asyncio.sleep(1)

    run(main())


@program('a generator or a task that is yielded is an error')
def _(log):
    async def child():
        log('child')

    def generator():
        yield 'never'

    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'generator', yields(generator()))
        task = asyncio.create_task(child())
        await outcome(log, 'task', yields(task))
        log(task.done())
        await asyncio.sleep(1)

    run(main())


@program('a task that does not handle a bad yield fails with it')
def _(log):
    async def main():
        try:
            await yields(42)
        finally:
            log('leaves')

    loop = new_loop()
    task = loop.create_task(main())
    turn(loop)
    log(task.done())
    turn(loop)
    log(task.done(), task.exception())
    loop.close()


@program('cancelled while the error of a bad yield is on its way, a task gets the CancelledError')
def _(log):
    async def main():
        await outcome(log, 'yield', yields(42))
        return 'result'

    loop = new_loop()
    task = loop.create_task(main())
    turn(loop)
    log(task.cancel('mine'), task.done())
    turn(loop)
    log(task.result())
    loop.close()


@program('a task cannot wait for itself, and may go on')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'itself', asyncio.current_task())
        await asyncio.sleep(1)
        return 'result'

    log(run(main()))


@program('a task cannot wait for the future or the task of another loop, and may go on')
def _(log):
    async def child():
        return 'child'

    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'future', future)
        await outcome(log, 'task', task)
        await asyncio.sleep(1)
        return 'result'

    other = new_loop()
    future, task = other.create_future(), other.create_task(child())
    log(run(main()))
    log(other.run_until_complete(task), future.done())
    other.close()


@program('what cannot be awaited is a TypeError at the await, at once')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 1)
        for nothing in (None, 42, log):
            try:
                await nothing
            except TypeError as error:
                log(error)
        await asyncio.sleep(1)

    run(main())


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


@program('create_task needs a loop that runs, loop.create_task does not')
def _(log):
    async def child():
        return 'result'

    loop, coroutine = new_loop(), child()
    attempt(log, lambda: asyncio.create_task(coroutine))
    task = loop.create_task(coroutine)
    log(task.done(), task.get_loop() is loop)
    log(loop.run_until_complete(task))
    loop.close()


@program('a task may be made by a callback')
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


@program('what a coroutine ends with is what its task ends with')
def _(log):
    async def main(end):
        await yields()
        return end()

    def fail(error):
        raise error

    loop = new_loop()
    for end in (
        lambda: 'result', lambda: None, lambda: ValueError('a result'), lambda: fail(ValueError('mine')), lambda: fail(StopIteration(5)),
        lambda: fail(GeneratorExit()), lambda: fail(asyncio.CancelledError()), lambda: fail(asyncio.InvalidStateError()),
    ):
        task = loop.create_task(main(end))
        attempt(log, lambda: loop.run_until_complete(task))
        log(task.cancelled())
    loop.close()


@program('a coroutine runs once: of two tasks that are made of it one fails')
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


@program('the current task and the tasks that are not done')
def _(log):
    async def child():
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))

    async def main():
        asyncio.current_task().set_name('main')
        tasks = [asyncio.create_task(child(), name='a'), asyncio.create_task(child(), name='b')]
        asyncio.get_running_loop().call_soon(lambda: log('callback', asyncio.current_task(), names(asyncio.all_tasks())))
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))
        await tasks[1]
        log('current', asyncio.current_task().get_name(), names(asyncio.all_tasks()))

    run(main())


@program('a task has a copy of the variables as they were when it was made')
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


@program('a task may be given its context, and shares it')
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


@program('eager tasks begin at once, and go on in turns when they have waited')
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


@program('eager tasks in eager tasks')
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


@program('an eager task sees its variables, and whoever made it does not see what it sets')
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


@program('KeyboardInterrupt of an eager task comes out where it is made')
def _(log):
    async def child():
        raise KeyboardInterrupt

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        attempt(log, lambda: asyncio.create_task(child()))
        await asyncio.sleep(1)
        return 'goes on'

    log(run(main()))


@program('KeyboardInterrupt of an eager task that a callback makes leaves the loop')
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


@program('an eager task that cancels itself, and one that is cancelled where it waits')
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


@program('an eager task and the queue: what it schedules comes before what its maker schedules afterwards')
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


@program('without a loop that runs an eager task begins in the next turn')
def _(log):
    async def child():
        log('child')

    loop = new_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = loop.create_task(child())
    log('made', task.done())
    loop.run_until_complete(task)
    loop.close()


@program('a task factory makes the tasks of the loop, until it is taken away')
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


@program('a task factory is a function')
def _(log):
    loop = new_loop()
    attempt(log, lambda: loop.set_task_factory('no function'))
    attempt(log, lambda: loop.set_task_factory({}))
    log(loop.get_task_factory())
    loop.close()


@program('tasks can be made by their class, also of another loop')
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
