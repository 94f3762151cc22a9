"""R14: A task has a name and an outcome that only its coroutine sets; the loop knows the current task and all that
are not done.
"""
from asyncio import (
    InvalidStateError, Task, all_tasks, create_task, current_task, eager_task_factory, ensure_future, get_running_loop,
    sleep, wait,
)

from errors import Boom
from programs import program
from virtual import new_loop, run
from witness import names, outcome


def name_of_current():
    return current_task().get_name()


@program('the result of a task cannot be set by hand')
def _(log):
    async def child():
        return 'its own'

    async def main():
        task = create_task(child())
        for set in [lambda: task.set_result(None), lambda: task.set_exception(Boom())]:
            try:
                set()
            except RuntimeError as error:
                log(error)
        log(await task)

    run(main())


@program('a task has a name, which can be changed')
def _(log):
    async def main():
        task = create_task(sleep(0), name='first')
        log(task.get_name())
        task.set_name('second')
        log(task.get_name())
        await task
        log(task.get_name())

    run(main())


@program('without a name it gets a number, and the next task the next number')
def _(log):
    async def main():
        one, two = create_task(sleep(0)), create_task(sleep(0))
        first, second = [task.get_name().split('-') for task in (one, two)]
        log(first[0], int(second[1]) - int(first[1]))
        await wait([one, two])

    run(main())


@program('all tasks are those that are not done')
def _(log):
    async def main():
        current_task().set_name('main')
        tasks = [create_task(sleep(i), name=name) for i, name in enumerate('abc')]
        log(names(all_tasks()))
        await sleep(0)
        await sleep(0)
        log(names(all_tasks()))
        tasks[1].cancel()
        log(names(all_tasks()))
        await wait(tasks)
        log(names(all_tasks()))

    run(main())


@program('a loop can be asked for its tasks while it does not run')
def _(log):
    loop = new_loop()
    task = loop.create_task(sleep(1), name='waits')
    log(names(all_tasks(loop)))
    loop.run_until_complete(task)
    log(names(all_tasks(loop)))
    loop.close()
    try:
        all_tasks()
    except RuntimeError as error:
        log(error)


@program('the current task is the one whose turn it is, in all its coroutines')
def _(log):
    async def inner():
        log('inner', name_of_current())
        await sleep(0)
        log('inner', name_of_current())

    async def main():
        current_task().set_name('main')
        task = create_task(inner(), name='task')
        await inner()
        await task
        log('main', name_of_current())

    run(main())


@program('there is no current task in a callback')
def _(log):
    async def main():
        loop = get_running_loop()
        loop.call_soon(lambda: log('soon', current_task()))
        loop.call_later(1, lambda: log('later', current_task()))
        task = create_task(sleep(0))
        task.add_done_callback(lambda _: log('done', current_task()))
        await sleep(2)
        log(current_task() is None)

    run(main())


@program('a loop that does not run has no current task')
def _(log):
    loop = new_loop()
    log(current_task(loop))
    loop.call_soon(loop.stop)
    loop.run_forever()
    log(current_task(loop))
    loop.close()


@program('while an eager task begins, it is the current one, and then its creator again')
def _(log):
    async def child():
        log('current', name_of_current(), names(all_tasks()))

    async def main():
        current_task().set_name('main')
        task = Task(child(), loop=get_running_loop(), name='child', eager_start=True)
        log('current', name_of_current(), names(all_tasks()), task.done())
        await task

    run(main())


@program('eager tasks may begin inside each other')
def _(log):
    async def child(n):
        log('begin', name_of_current())
        if n > 0:
            Task(child(n - 1), loop=get_running_loop(), name=f'child {n - 1}', eager_start=True)
        log('end', name_of_current())

    async def main():
        current_task().set_name('main')
        await child(2)

    run(main())


@program('the waiter of an eager task that failed at once gets the error')
def _(log):
    async def child():
        raise Boom

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.done(), task.exception())
        await outcome(log, 'task', task)

    run(main())


@program('every waiter of a failed task gets the same error')
def _(log):
    boom = Boom()

    async def child():
        raise boom

    async def waiter(task):
        try:
            await task
        except Boom as error:
            log(error, error is boom)

    async def main():
        task = create_task(child())
        await wait([create_task(waiter(task)), create_task(waiter(task))])
        await waiter(task)
        log(task.exception() is boom)

    run(main())


@program('the outcome of a task can be asked for once it is done')
def _(log):
    async def main():
        waits = create_task(sleep(5))
        returns = create_task(sleep(1, 'result'))
        cancelled = create_task(sleep(5))
        await sleep(2)
        cancelled.cancel()
        await sleep(0)
        await sleep(0)
        for task in (waits, returns, cancelled):
            log(task.done(), task.cancelled())
            for ask in (lambda: task.result(), lambda: task.exception()):
                try:
                    log(ask())
                except BaseException as error:
                    log(error, isinstance(error, InvalidStateError))

    run(main())


@program('a task cannot wait for itself')
def _(log):
    async def child():
        await outcome(log, 'itself', current_task())

    async def main():
        await outcome(log, 'child', create_task(child()))

    run(main())


@program('a task keeps its coroutine, and is its own future')
def _(log):
    async def child():
        pass

    async def main():
        coroutine = child()
        task = create_task(coroutine)
        log(task.get_coro() is coroutine, ensure_future(task) is task, task.get_loop() is get_running_loop())
        await task
        log(task.get_coro() is coroutine)

    run(main())
