"""An exit stack also takes exit functions and plain callbacks, and can be closed by hand."""
from asyncio import sleep
from contextlib import AsyncExitStack, aclosing

from errors import Bang, Boom
from managers import Manager
from programs import program
from virtual import run
from witness import now, outcome


class Closable:
    def __init__(self, log, name):
        self.log, self.name = log, name

    async def aclose(self):
        await sleep(1)
        self.log('close', self.name)


@program('push() takes a function that is told the error')
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


@program('the pushed function may swallow the error')
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


@program('push() takes a manager that was entered elsewhere')
def _(log):
    async def main():
        manager = Manager(log, 'a')
        async with AsyncExitStack() as stack:
            log(stack.push_async_exit(manager) is manager)
            log('body')

    run(main())


@program('anything else is refused')
def _(log):
    async def enter(stack):
        await stack.enter_async_context(7)

    async def main():
        async with AsyncExitStack() as stack:
            await outcome(log, 'enter', enter(stack))

    run(main())


@program('callbacks get their arguments')
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


@program('an error of a callback is raised like that of a manager')
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


@program('a callback may be added several times')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            for n in range(3):
                stack.callback(log, n)

    run(main())


@program('what is added while the stack is being left is called too')
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


@program('after aclose() in the body nothing is left for the end')
def _(log):
    async def main():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.aclose()
            log('body')

    run(main())


@program('an error during aclose() comes out after everything has been left')
def _(log):
    async def main():
        stack = AsyncExitStack()
        await stack.enter_async_context(Manager(log, 'a'))
        await stack.enter_async_context(Manager(log, 'b', error=Boom()))
        await stack.enter_async_context(Manager(log, 'c'))
        await outcome(log, 'aclose', stack.aclose())

    run(main())


@program('aclosing() closes its argument')
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
