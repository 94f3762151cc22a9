"""An exit stack holds any number of managers, and leaves them in the opposite order."""
from asyncio import TaskGroup, create_task, current_task, gather, get_running_loop, sleep, timeout
from contextlib import AsyncExitStack, aclosing

from groups import ending
from programs import program
from virtual import run
from witness import outcome


class Boom(Exception):
    pass


class Bang(Exception):
    pass


class Manager:
    """Logs how it is entered and left. It may swallow what it is told of, or fail itself."""

    def __init__(self, log, name, swallows=False, error=None):
        self.log, self.name, self.swallows, self.error = log, name, swallows, error

    async def __aenter__(self):
        self.log('enter', self.name)
        return self.name

    async def __aexit__(self, kind, error, traceback):
        self.log('exit', self.name, error)
        if self.error is not None:
            raise self.error
        return self.swallows


class Closable:
    def __init__(self, log, name):
        self.log, self.name = log, name

    async def aclose(self):
        await sleep(1)
        self.log('close', self.name)


def now():
    return get_running_loop().time()


@program('managers are left in the opposite order')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            for name in 'abc':
                log('entered', await stack.enter_async_context(Manager(log, name)))
            log('body')
        log('after')

    run(main())


@program('an empty stack does nothing')
def _(log):
    async def fail():
        async with AsyncExitStack():
            raise Boom

    async def main():
        async with AsyncExitStack():
            log('body')
        await outcome(log, 'fail', fail())

    run(main())


@program('each is told of the error')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            for name in 'abc':
                await stack.enter_async_context(Manager(log, name))
            raise Boom

    run(outcome(log, 'stack', body()))


@program('who swallows the error, keeps it from the others')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b', swallows=True))
            await stack.enter_async_context(Manager(log, 'c'))
            raise Boom

    run(outcome(log, 'stack', body()))


@program('to swallow nothing is nothing')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a', swallows=True))
        return 'result'

    run(outcome(log, 'stack', body()))


@program('an error at an exit takes the place of the one before')
def _(log):
    async def body(error):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b', error=Bang()))
            await stack.enter_async_context(Manager(log, 'c'))
            if error is not None:
                raise error

    async def main():
        await outcome(log, 'with an error', body(Boom()))
        await outcome(log, 'without', body(None))

    run(main())


@program('it may be swallowed further out')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b', swallows=True))
            await stack.enter_async_context(Manager(log, 'c', error=Bang()))
        log('after')

    run(outcome(log, 'stack', body()))


@program('swallowed, and then a new one')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a', error=Bang()))
            await stack.enter_async_context(Manager(log, 'b', swallows=True))
            raise Boom

    run(outcome(log, 'stack', body()))


@program('every error replaces the one before it')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            for name, error in (('a', Boom()), ('b', Bang()), ('c', Boom()), ('d', Bang())):
                await stack.enter_async_context(Manager(log, name, error=error))

    run(outcome(log, 'stack', body()))


@program('who cannot be entered is not left, but those before')
def _(log):
    class Failing(Manager):
        async def __aenter__(self):
            raise Boom

    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Failing(log, 'b'))
            log('never here')

    run(outcome(log, 'stack', body()))


@program('push() takes a function that is told of the error')
def _(log):
    def told(kind, error, traceback):
        log('told', error)

    async def waits(kind, error, traceback):
        await sleep(1)
        log('told', error, 'at', now())

    async def body(error):
        async with AsyncExitStack() as stack:
            log(stack.push(told) is told)
            log(stack.push_async_exit(waits) is waits)
            if error is not None:
                raise error

    async def main():
        await outcome(log, 'without', body(None))
        await outcome(log, 'with an error', body(Boom()))

    run(main())


@program('such a function may swallow the error')
def _(log):
    async def later(kind, error, traceback):
        await sleep(1)
        return True

    async def body(asynchronous):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            if asynchronous:
                stack.push_async_exit(later)
            else:
                stack.push(lambda kind, error, traceback: True)
            await stack.enter_async_context(Manager(log, 'b'))
            raise Boom

    async def main():
        await outcome(log, 'plain', body(False))
        await outcome(log, 'asynchronous', body(True))

    run(main())


@program('push() takes a manager that has been entered elsewhere')
def _(log):
    async def main():
        manager = Manager(log, 'a')
        async with AsyncExitStack() as stack:
            log(stack.push_async_exit(manager) is manager)
            log('body')

    run(main())


@program('what is neither is refused')
def _(log):
    async def enter(stack):
        await stack.enter_async_context(7)

    async def main():
        async with AsyncExitStack() as stack:
            await outcome(log, 'enter', enter(stack))

    run(main())


@program('callbacks have their arguments')
def _(log):
    def callback(*args):
        log('callback', *args)

    async def later(*args):
        await sleep(1)
        log('later', *args, now())

    async def main():
        async with AsyncExitStack() as stack:
            log(stack.callback(callback, 1, 2) is callback)
            stack.callback(callback)
            log(stack.push_async_callback(later, 'a', 'b') is later)
            log('body')

    run(main())


@program('callbacks cannot swallow an error')
def _(log):
    def callback():
        log('callback')
        return True

    async def later():
        log('later')
        return True

    async def body():
        async with AsyncExitStack() as stack:
            stack.callback(callback)
            stack.push_async_callback(later)
            raise Boom

    run(outcome(log, 'stack', body()))


@program('an error of a callback is an error')
def _(log):
    def callback():
        raise Bang

    async def later():
        await sleep(1)
        raise Boom

    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            stack.callback(callback)
            await stack.enter_async_context(Manager(log, 'b'))
            stack.push_async_callback(later)
            await stack.enter_async_context(Manager(log, 'c'))

    run(outcome(log, 'stack', body()))


@program('a callback may be there several times')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            for n in range(3):
                stack.callback(log, n)

    run(main())


@program('what is pushed while it is left is left, too')
def _(log):
    async def main():
        def first():
            log('first')
            stack.callback(second)

        def second():
            log('second')
            stack.callback(log, 'third')

        async with AsyncExitStack() as stack:
            stack.callback(log, 'last')
            stack.callback(first)

    run(main())


@program('pop_all() moves everything to another stack')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b'))
            other = stack.pop_all()
            await stack.enter_async_context(Manager(log, 'c'))
        log('between')
        async with other:
            log('body of the other')
        log('after')

    run(main())


@program('so what is made in several steps is kept only when all of them succeed')
def _(log):
    async def make(error):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b'))
            if error is not None:
                raise error
            return stack.pop_all()

    async def main():
        await outcome(log, 'failed', make(Boom()))
        stack = await make(None)
        log('made')
        await stack.aclose()

    run(main())


@program('aclose() leaves everything, once')
def _(log):
    async def main():
        stack = AsyncExitStack()
        await stack.enter_async_context(Manager(log, 'a'))
        stack.callback(log, 'callback')
        await stack.aclose()
        log('closed')
        await stack.aclose()
        log('closed again')
        stack.callback(log, 'used again')
        await stack.aclose()

    run(main())


@program('aclose() in the body leaves nothing for the end')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.aclose()
            log('body')

    run(main())


@program('an error of aclose() comes out, when all have been left')
def _(log):
    async def main():
        stack = AsyncExitStack()
        await stack.enter_async_context(Manager(log, 'a'))
        await stack.enter_async_context(Manager(log, 'b', error=Boom()))
        await stack.enter_async_context(Manager(log, 'c'))
        await outcome(log, 'aclose', stack.aclose())

    run(main())


@program('a stack in a stack')
def _(log):
    async def body():
        async with AsyncExitStack() as outer:
            await outer.enter_async_context(Manager(log, 'a'))
            inner = await outer.enter_async_context(AsyncExitStack())
            await inner.enter_async_context(Manager(log, 'b', swallows=True))
            await outer.enter_async_context(Manager(log, 'c'))
            await inner.enter_async_context(Manager(log, 'd'))
            raise Boom

    run(outcome(log, 'stack', body()))


@program('exits may take their time')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            for n in (1, 2, 3):
                stack.push_async_callback(sleep, n * 10)
                stack.callback(lambda: log(now()))
        log('after', now())

    run(main())


@program('a cancellation goes through it')
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


@program('cancelled while it is left, it goes on leaving')
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


@program('who swallows a cancellation goes on, and has it counted')
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
    async def child():
        await sleep(5)
        raise Boom

    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            group = await stack.enter_async_context(TaskGroup())
            group.create_task(child())
            await stack.enter_async_context(Manager(log, 'b'))
            await sleep(100)

    async def main():
        await ending(log, 'stack', body())
        log(now(), current_task().cancelling())

    run(main())


@program('aclosing() closes what it is given')
def _(log):
    async def fail():
        async with aclosing(Closable(log, 'failed')):
            raise Boom

    async def main():
        closable = Closable(log, 'a')
        async with aclosing(closable) as same:
            log('body', same is closable)
        await outcome(log, 'fail', fail())
        async with AsyncExitStack() as stack:
            for name in 'bcd':
                await stack.enter_async_context(aclosing(Closable(log, name)))
        log(now())

    run(main())


@program('several tasks, each with a stack of its own')
def _(log):
    async def child(name, seconds):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, name))
            await sleep(seconds)
            await stack.enter_async_context(Manager(log, name + name))
            await sleep(seconds)

    async def main():
        await gather(child('a', 3), child('b', 2))

    run(main())


@program('as many as needed')
def _(log):
    async def main():
        left = []
        async with AsyncExitStack() as stack:
            for n in range(1000):
                stack.callback(left.append, n)
        log(len(left), left[:3], left[-3:])

    run(main())
