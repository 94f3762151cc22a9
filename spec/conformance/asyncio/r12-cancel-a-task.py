"""R12: cancel() counts, and goes on to what the task waits for; else the error is thrown at the next step."""
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


@program('one that is done cannot be cancelled')
def _(log):
    async def child():
        return 'done'

    async def main():
        task = create_task(child())
        await task
        log(task.cancel(), task.cancelled(), task.cancelling(), task.result())

    run(main())


@program('one that is cancelled cannot be cancelled again')
def _(log):
    async def main():
        task = create_task(sleep(10))
        task.cancel()
        await wait([task])
        log(task.cancel(), task.cancelling())

    run(main())


@program('the future that it waits for is cancelled with it')
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


@program('a task that several wait for is cancelled for all of them')
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


@program('the message arrives at the innermost wait, and comes back through the chain')
def _(log):
    async def inner():
        try:
            await sleep(100)
        except CancelledError as error:
            log('inner:', message(error))
            raise

    async def outer(task):
        try:
            await task
        except CancelledError as error:
            log('outer:', message(error))
            raise

    async def main():
        task = create_task(outer(create_task(inner())))
        await sleep(1)
        task.cancel('time for tea')
        try:
            await task
        except CancelledError as error:
            log('main:', message(error))

    run(main())


@program('the message is given once; who asks again gets an error without')
def _(log):
    async def main():
        task = create_task(sleep(100))
        await sleep(1)
        task.cancel('once')
        await wait([task])
        for _ in range(2):
            try:
                task.result()
            except CancelledError as error:
                log(error, message(error))

    run(main())


@program('a future gives its message every time')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        log(future.cancel('always'), future.cancel('too late'))
        for _ in range(2):
            try:
                await future
            except CancelledError as error:
                log(error, message(error))

    run(main())


@program('cancelled twice while it waits, it gets one error, with the first message')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log(error, message(error))
        await sleep(1)
        return 'undisturbed'

    async def main():
        task = create_task(child())
        await sleep(1)
        log(task.cancel('first'), task.cancel('second'), task.cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('cancelled twice before its start, it has the second message')
def _(log):
    async def main():
        task = create_task(sleep(100))
        task.cancel('first')
        task.cancel('second')
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelling())

    run(main())


@program('cancelled when its result is on the way, it gets the error instead')
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


@program('cancelled when an error is on the way, it gets the cancellation instead')
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


@program('cancelled at sleep(0), it gets the error in its turn')
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


@program('a sleeper that is cancelled leaves no timer behind')
def _(log):
    async def main():
        task = create_task(sleep(1000))
        await sleep(1)
        task.cancel()
        await wait([task])
        log(get_running_loop().time())

    run(main())


@program('cancelling one that waits for a gather() cancels all the children')
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


@program('a task cancelled by a task that it waits for does not go on waiting')
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


@program('a new CancelledError in the place of the old one is what who waits gets')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError:
            raise CancelledError('new')

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel('old')
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelled())

    run(main())


@program('of two that wait for a cancelled task, the first has the message')
def _(log):
    async def waiter(name, task):
        try:
            await task
        except CancelledError as error:
            log(name, error, message(error))

    async def main():
        task = create_task(sleep(100))
        waiters = [create_task(waiter('one', task)), create_task(waiter('two', task))]
        await sleep(1)
        task.cancel('a message')
        await wait(waiters)

    run(main())


@program('the main task, cancelled by another one, ends run() with the error')
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


@program('of two that mean to cancel each other in one turn, the second never gets to it')
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
