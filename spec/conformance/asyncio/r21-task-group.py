"""R21: a task group waits for all its tasks; the first error ends them all, and all errors come out together."""
import inspect
from asyncio import (
    CancelledError, Event, Task, TaskGroup, create_task, current_task, eager_task_factory, gather, get_running_loop,
    shield, sleep, timeout, wait, wait_for,
)
from contextvars import ContextVar, copy_context

from groups import ending, tree
from probes import attempt, turn
from programs import program
from virtual import new_loop, run
from witness import message, names, outcome, ticker


class Boom(Exception):
    pass


class Bang(Exception):
    pass


class Crash(Exception):
    pass


async def fail(seconds, error=Boom):
    await sleep(seconds)
    raise error


async def cleaning(log, name, seconds):
    """Waits until it is cancelled, and then takes its time."""
    try:
        await sleep(1000)
    finally:
        await sleep(seconds)
        log(name, 'is through at', now())


async def failing_cleanup(seconds, error):
    """Waits until it is cancelled, and fails some time later."""
    try:
        await sleep(1000)
    finally:
        await sleep(seconds)
        raise error


def now():
    return get_running_loop().time()


async def said(log, task):
    """Wait for a task that is cancelled, and log its message."""
    try:
        await task
    except CancelledError as error:
        log(error, message(error), now(), task.cancelling())


def closed(coroutine):
    return inspect.getcoroutinestate(coroutine) == 'CORO_CLOSED'


async def never(log):
    log('never here')


@program('it waits for all its tasks, which have their results')
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


@program('the end of the last task is the end of the group, one turn later')
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


@program('the value of the body goes out')
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


@program('an error of a task cancels the others, and comes out in a group')
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


@program('a body that swallows this cancellation can do nothing against the group')
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


@program('who takes the request back in the body, has the errors all the same')
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


@program('with an error the group waits until all the others have ended')
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


@program('errors of those that are cancelled are in the group, in the order of their ends')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(20, Crash))
            group.create_task(failing_cleanup(10, Bang))
            group.create_task(cleaning(log, 'good', 15))
            group.create_task(fail(1))

    run(ending(log, 'group', body()))


@program('two that fail in one turn are both in the group')
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


@program('an error of the body alone comes out in a group, too')
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


@program('a task of the body fails, and the body waits for it: it is cancelled')
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


@program('a task that is cancelled by hand is no error')
def _(log):
    async def main():
        async with TaskGroup() as group:
            task = group.create_task(sleep(100))
            other = group.create_task(sleep(10, 'other'))
            await sleep(1)
            task.cancel()
        log(task.cancelled(), other.result(), now())

    run(main())


@program('nor is one that raises CancelledError by itself')
def _(log):
    async def main():
        async with TaskGroup() as group:
            task = group.create_task(fail(1, CancelledError))
            other = group.create_task(sleep(10, 'other'))
        log(task.cancelled(), other.result(), now())

    run(main())


@program('when all are cancelled by hand, the group ends well')
def _(log):
    async def main():
        async with TaskGroup() as group:
            tasks = [group.create_task(sleep(100)) for _ in range(3)]
            await sleep(1)
            for task in tasks:
                task.cancel()
        log([task.cancelled() for task in tasks], now(), current_task().cancelling())

    run(main())


@program('one that is cancelled before its start never runs')
def _(log):
    async def child():
        log('never here')

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            raise Boom

    run(ending(log, 'group', body()))


@program('one that swallows its cancellation is waited for')
def _(log):
    async def stubborn():
        await outcome(log, 'first', sleep(100))
        await sleep(50)
        log('stubborn ends at', now(), current_task().cancelling())

    async def body():
        async with TaskGroup() as group:
            group.create_task(stubborn())
            group.create_task(fail(1))

    run(ending(log, 'group', body()))


@program('cancelled in the body, the group cancels its tasks, and is cancelled')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 10))
            await sleep(100)

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel('from outside')
        await said(log, task)

    run(main())


@program('cancelled while it waits at the end, it does the same')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 10))

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel('from outside')
        await said(log, task)

    run(main())


@program('who is cancelled twice waits for the tasks all the same')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 10))

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel('first')
        await sleep(1)
        task.cancel('second')
        await said(log, task)

    run(main())


@program('who is cancelled in the body, and again at the end, is cancelled with the first')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 10))
            await sleep(100)

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel('first')
        await sleep(1)
        task.cancel('second')
        await said(log, task)

    run(main())


@program('a task that swallows it does not keep the parent from being cancelled')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child', sleep(100)))
        log('never here')

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)

    run(main())


@program('a body that swallows a cancellation from outside goes on')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            child = group.create_task(sleep(10, 'slept'))
            await outcome(log, 'sleep', sleep(100))
        log(child.result(), current_task().cancelling(), now())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)

    run(main())


@program('errors beat a cancellation from outside, which is delivered at the next wait')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(failing_cleanup(5, Boom))

        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(10))
        log(now())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('so it is when it is cancelled after the error')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(fail(1))
                group.create_task(cleaning(log, 'child', 10))

        await ending(log, 'group', body())
        log(current_task().cancelling(), now())
        await outcome(log, 'sleep', sleep(10))

    async def main():
        task = create_task(parent())
        await sleep(5)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('cancelled from outside in the turn of the error, it has both')
def _(log):
    async def parent():
        async def body():
            async with TaskGroup() as group:
                group.create_task(fail(5))
                await sleep(100)

        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(10))

    async def main():
        task = create_task(parent())
        await sleep(5)
        task.cancel()
        await outcome(log, 'parent', task)
        log(task.cancelling())

    run(main())


@program('a request from before stays one')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'body', sleep(10))

    async def main():
        current_task().cancel()
        await outcome(log, 'before', sleep(10))
        await ending(log, 'group', body())
        log(current_task().cancelling())
        await outcome(log, 'after', sleep(10))

    run(main())


@program('a body that cancels its own task is cancelled at its end')
def _(log):
    async def parent(empty):
        async with TaskGroup() as group:
            if not empty:
                group.create_task(outcome(log, 'child', sleep(10)))
            current_task().cancel('by itself')
        log('after the group', now())
        await sleep(1)

    async def main():
        for empty in (False, True):
            await said(log, create_task(parent(empty)))

    run(main())


@program('a child may cancel the parent, and so the group')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(killer(current_task()))
            group.create_task(outcome(log, 'sibling', sleep(100)))

    async def killer(task):
        await sleep(1)
        task.cancel('by the child')
        await sleep(100)

    async def main():
        await said(log, create_task(parent()))

    run(main())


@program('groups nest, and so do their errors')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            group.create_task(failing_cleanup(5, Bang))

    async def body():
        async with TaskGroup() as group:
            group.create_task(inner())
            group.create_task(failing_cleanup(10, Crash))

    run(ending(log, 'outer', body()))


@program('an inner group that fails is the error of the outer body')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(failing_cleanup(10, Bang))
            async with TaskGroup() as inner:
                inner.create_task(fail(1))
                await sleep(100)

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling(), now())

    run(main())


@program('an error of the outer group cancels the inner one')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(cleaning(log, 'child', 10))
                    await sleep(100)
            except BaseException as error:
                log('inner', tree(error), current_task().cancelling())
                raise

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling())

    run(main())


@program('when both groups have an error, the outer one has both')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(failing_cleanup(10, Bang))
            except BaseException as error:
                log('inner', tree(error), current_task().cancelling())
                raise

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling())
        await outcome(log, 'sleep', sleep(1))

    run(main())


@program('errors of both groups in one turn')
def _(log):
    async def body():
        async with TaskGroup() as outer:
            outer.create_task(fail(1, Boom))
            async with TaskGroup() as inner:
                inner.create_task(fail(1, Bang))
                await sleep(100)

    async def main():
        await ending(log, 'outer', body())
        log(current_task().cancelling(), now())

    run(main())


@program('an inner error that is handled in the outer body leaves the outer group alone')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(fail(1))

    async def main():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'other', sleep(10, 'slept')))
            await ending(log, 'inner', inner())
            log(current_task().cancelling())
        log(now())

    run(main())


@program('nested groups that are cancelled from outside end from the inside')
def _(log):
    async def parent():
        async with TaskGroup() as outer:
            outer.create_task(cleaning(log, 'outer child', 5))
            try:
                async with TaskGroup() as inner:
                    inner.create_task(cleaning(log, 'inner child', 10))
            finally:
                log('between', now(), current_task().cancelling())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await outcome(log, 'parent', task)
        log(now(), task.cancelling())

    run(main())


@program('a cancellation from outside survives an inner group with an error')
def _(log):
    async def inner():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(5, Boom))

    async def parent():
        async with TaskGroup() as outer:
            outer.create_task(outcome(log, 'outer child', sleep(100)))
            await ending(log, 'inner', inner())
            log(current_task().cancelling())
            await outcome(log, 'sleep', sleep(100))
            log('outer body ends at', now())
        log('never here')

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await sleep(50)
        task.cancel()
        await outcome(log, 'parent', task)
        log(now(), task.cancelling())

    run(main())


@program('groups of different tasks have nothing to do with each other')
def _(log):
    async def one():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            await sleep(100)

    async def two():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child of two', sleep(10, 'slept')))
            await sleep(20)
        return 'two'

    async def main():
        await gather(ending(log, 'one', one()), ending(log, 'two', two()))

    run(main())


@program('a KeyboardInterrupt of a task leaves the loop bare')
def _(log):
    async def main():
        async with TaskGroup() as group:
            group.create_task(sleep(10))
            group.create_task(fail(1, KeyboardInterrupt))
            await outcome(log, 'body', sleep(100))

    attempt(log, lambda: run(main()))


@program('a KeyboardInterrupt of the body comes out bare, after the tasks have ended')
def _(log):
    async def main():
        async with TaskGroup() as group:
            group.create_task(failing_cleanup(5, Boom))
            group.create_task(cleaning(log, 'child', 10))
            await sleep(1)
            raise KeyboardInterrupt

    attempt(log, lambda: run(main()))


@program('who goes on after a KeyboardInterrupt of a task has it bare at the end of the group')
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


@program('tasks may make more tasks, also while the group waits')
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


@program('a task made while the group waits may fail, too')
def _(log):
    async def child(group):
        await sleep(1)
        group.create_task(fail(1))
        await outcome(log, 'child', sleep(100))

    async def body():
        async with TaskGroup() as group:
            group.create_task(child(group))

    run(ending(log, 'group', body()))


@program('before it is entered it makes no tasks, and closes the coroutine')
def _(log):
    async def main():
        group, coroutine = TaskGroup(), never(log)
        attempt(log, lambda: group.create_task(coroutine))
        log(closed(coroutine))
        async with group:
            pass

    run(main())


@program('nor does it when it has ended')
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


@program('nor when it is shutting down')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(1))
            await outcome(log, 'sleep', sleep(10))
            coroutine = never(log)
            attempt(log, lambda: group.create_task(coroutine))
            log(closed(coroutine))

    run(ending(log, 'group', body()))


@program('a task that makes another one while it is cancelled adds that error to the group')
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


@program('it is entered once')
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


@program('it is for tasks')
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


@program('eager tasks that end at once are no burden to the group')
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


@program('eager tasks that wait are as others')
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


@program('a timeout around a group ends it')
def _(log):
    async def body():
        async with timeout(10):
            async with TaskGroup() as group:
                group.create_task(cleaning(log, 'child', 5))

    async def main():
        await ending(log, 'body', body())
        log(current_task().cancelling(), now())

    run(main())


@program('a task that fails after the timeout is what comes out')
def _(log):
    async def body(limit):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(failing_cleanup(5, Boom))

    async def main():
        limit = timeout(10)
        await ending(log, 'body', body(limit))
        log(limit.expired(), current_task().cancelling())
        await outcome(log, 'sleep', sleep(1, 'slept'))

    run(main())


@program('a timeout in the body is an error of the body')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(outcome(log, 'child', sleep(100)))
            async with timeout(10):
                await sleep(50)

    async def main():
        await ending(log, 'group', body())
        log(current_task().cancelling(), now())

    run(main())


@program('a timeout in a task is an error of the task')
def _(log):
    async def child():
        async with timeout(10):
            await sleep(50)

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            group.create_task(outcome(log, 'other', sleep(100)))

    run(ending(log, 'group', body()))


@program('the error of a group inside of a timeout is no timeout')
def _(log):
    async def body(limit):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(fail(1))
                await sleep(100)

    async def main():
        limit = timeout(10)
        await ending(log, 'body', body(limit))
        log(limit.expired(), current_task().cancelling())

    run(main())


@program('the timeout and the error at one time')
def _(log):
    async def body(limit, first):
        async with limit:
            async with TaskGroup() as group:
                group.create_task(fail(10 if first else 9.5))
                await sleep(100)

    async def main():
        for first in (True, False):
            limit = timeout(10)
            await ending(log, 'body', body(limit, first))
            log(limit.expired(), current_task().cancelling())

    run(main())


@program('wait_for() with a group in it')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 5))

    async def main():
        await ending(log, 'wait_for', wait_for(body(), 10))
        log(now())

    run(main())


@program('gather() in a task of a group')
def _(log):
    async def child():
        return await gather(sleep(1, 'a'), sleep(2, 'b'))

    async def failing():
        await gather(fail(5), outcome(log, 'gathered', sleep(10)))

    async def body():
        async with TaskGroup() as group:
            good = group.create_task(child())
            group.create_task(failing())
            await sleep(3)
            log(good.result())
            await outcome(log, 'body', sleep(100))

    async def main():
        await ending(log, 'group', body())
        log(now())
        await sleep(10)

    run(main())


@program('gather() in the body is cancelled with it')
def _(log):
    async def body():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            await gather(outcome(log, 'a', sleep(10)), outcome(log, 'b', sleep(10)))

    run(ending(log, 'group', body()))


@program('groups inside of a gather()')
def _(log):
    async def one():
        async with TaskGroup() as group:
            group.create_task(fail(5))

    async def two():
        async with TaskGroup() as group:
            return await group.create_task(sleep(10, 'two'))

    async def main():
        results = await gather(one(), two(), return_exceptions=True)
        log([tree(result) for result in results], now())

    run(main())


@program('what a task shields goes on after the group')
def _(log):
    async def shielded():
        await sleep(20)
        log('shielded ends at', now())

    async def child():
        await outcome(log, 'child', shield(create_task(shielded())))

    async def body():
        async with TaskGroup() as group:
            group.create_task(child())
            group.create_task(fail(1))

    async def main():
        await ending(log, 'group', body())
        await sleep(50)

    run(main())


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


@program('a done callback that was added in the body comes after that of the group')
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


@program('run() ends, and a group with it')
def _(log):
    async def parent():
        async with TaskGroup() as group:
            group.create_task(cleaning(log, 'child', 5))

    async def main():
        create_task(outcome(log, 'parent', parent()))
        await sleep(1)

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


@program('the tasks of a group are the tasks of the loop')
def _(log):
    async def main():
        async with TaskGroup() as group:
            tasks = [group.create_task(sleep(n), name=f'sleep {n}') for n in range(3)]
            done, pending = await wait(tasks, timeout=1.5)
            log(names(done), names(pending))

    run(main())


@program('an error that is thrown again, of a group, is in the group as it is')
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
