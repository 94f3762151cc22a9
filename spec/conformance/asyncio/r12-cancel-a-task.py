"""R12: `cancel()` cancels what the task waits for. If it waits for nothing, CancelledError is raised at its next
step.
"""
from asyncio import (
    CancelledError, create_task, current_task, eager_task_factory, gather, get_running_loop, shield, sleep, wait,
)

from programs import program
from virtual import run
from witness import message, names, outcome


@program('cancelled before its start, a task never runs its body')
def _(log):
    async def child():
        log('never here')

    async def main():
        task = create_task(child())
        log(task.cancel(), task.cancelled())
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling())

    run(main())


@program('a task that is done cannot be cancelled')
def _(log):
    async def child():
        return 'done'

    async def main():
        task = create_task(child())
        await task
        log(task.cancel(), task.cancelled(), task.cancelling(), task.result())

    run(main())


@program('a task that is cancelled cannot be cancelled again')
def _(log):
    async def main():
        task = create_task(sleep(10))
        task.cancel()
        await wait([task])
        log(task.cancel(), task.cancelling())

    run(main())


@program('the future that a task waits for is cancelled with it')
def _(log):
    async def child(future):
        await future

    async def main():
        future = get_running_loop().create_future()
        task = create_task(child(future))
        await sleep(0)
        task.cancel()
        log('future', future.cancelled(), 'task', task.cancelled())
        await outcome(log, 'task', task)

    run(main())


@program('through a chain of tasks it reaches the innermost, and they end from there')
def _(log):
    async def link(name, next):
        try:
            await (next or sleep(100))
        except CancelledError as error:
            log(name, 'gets', error)
            raise

    async def main():
        c = create_task(link('c', None))
        b = create_task(link('b', c))
        a = create_task(link('a', b))
        await sleep(1)
        a.cancel()
        await wait([a])
        log([task.cancelled() for task in (a, b, c)], [task.cancelling() for task in (a, b, c)])

    run(main())


@program('a task with several waiters is cancelled for all of them')
def _(log):
    async def shared():
        await sleep(100)

    async def main():
        task = create_task(shared())
        one = create_task(outcome(log, 'one', task))
        two = create_task(outcome(log, 'two', task))
        await sleep(1)
        one.cancel()
        await wait([one, two])
        log(one.cancelling(), two.cancelling(), task.cancelled())

    run(main())


@program('cancelled while its result is on the way, a task gets CancelledError instead')
def _(log):
    async def child(future):
        log('gets', await future)

    async def main():
        future = get_running_loop().create_future()
        task = create_task(child(future))
        await sleep(0)
        future.set_result('a result')
        log(task.cancel('too bad'), future.cancelled())
        await outcome(log, 'task', task)

    run(main())


@program('cancelled while an error is on the way, a task gets CancelledError instead')
def _(log):
    async def child(future):
        await outcome(log, 'child', future)

    async def main():
        future = get_running_loop().create_future()
        task = create_task(child(future))
        await sleep(0)
        future.set_exception(Exception('mine'))
        task.cancel()
        await outcome(log, 'task', task)

    run(main())


@program('cancelled at sleep(0), a task gets the error in its turn')
def _(log):
    async def child():
        await outcome(log, 'sleep', sleep(0))

    async def main():
        task = create_task(child())
        await sleep(0)
        task.cancel()
        log('cancelled', task.cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('an inner task that swallows the cancellation keeps the outer one alive')
def _(log):
    async def inner():
        await outcome(log, 'sleep', sleep(100))
        return 'survived'

    async def outer(task):
        return await task

    async def main():
        inner_task = create_task(inner())
        task = create_task(outer(inner_task))
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelling(), inner_task.cancelling())

    run(main())


@program('a cancelled sleep leaves no timer behind')
def _(log):
    async def main():
        task = create_task(sleep(1000))
        await sleep(1)
        task.cancel()
        await wait([task])
        log(get_running_loop().time())

    run(main())


@program('cancelling the waiter of a gather() cancels all children')
def _(log):
    async def child(name):
        await outcome(log, name, sleep(100))

    async def parent():
        await gather(child('a'), child('b'))

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)

    run(main())


@program('a done callback may cancel another task')
def _(log):
    async def main():
        first = create_task(sleep(5))
        second = create_task(sleep(100))
        first.add_done_callback(lambda _: log('cancel', second.cancel('by the callback')))
        try:
            await second
        except CancelledError as error:
            log(error, message(error), get_running_loop().time())

    run(main())


@program('a task cancelled by the task that it waits for does not wait any longer')
def _(log):
    async def killer(victim):
        await sleep(1)
        log('cancel', victim().cancel())
        await sleep(1)
        log('never here')

    async def main():
        victim = create_task(outcome(log, 'victim', create_task(killer(lambda: victim))))
        await victim

    run(main())


@program('an eager task that waits can be cancelled like any other')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.cancel(), task.cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('cancelling a shield leaves the task inside, cancelling the task ends both')
def _(log):
    async def main():
        a = create_task(sleep(10, 'a'), name='a')
        b = create_task(sleep(10, 'b'), name='b')
        one, two = shield(a), shield(b)
        one.cancel()
        b.cancel()
        done, _ = await wait([a, b])
        log(names(done), a.cancelled(), one.cancelled(), b.cancelled(), two.cancelled())
        await sleep(0)
        log(two.cancelled())

    run(main())


@program('cancelling the main task ends run() with the error')
def _(log):
    async def killer(task):
        await sleep(1)
        task.cancel('by the killer')

    async def main():
        task = create_task(killer(current_task()))
        await sleep(100)

    try:
        run(main())
    except CancelledError as error:
        log(error, message(error))


@program('of two tasks that would cancel each other in one turn, the second never does')
def _(log):
    async def child(name, other):
        try:
            await sleep(1)
            log(name, 'cancels', other().cancel())
            await sleep(1)
        finally:
            log(name, 'ends')

    async def main():
        a = create_task(child('a', lambda: b))
        b = create_task(child('b', lambda: a))
        await wait([a, b])
        log(a.cancelled(), b.cancelled())

    run(main())
