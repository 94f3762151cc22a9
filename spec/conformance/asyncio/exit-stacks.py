"""An exit stack enters any number of context managers and leaves them in reverse order."""
from asyncio import gather, sleep
from contextlib import AsyncExitStack

from errors import Bang, Boom
from managers import Manager
from programs import program, table
from virtual import run
from witness import outcome


@program('managers are left in reverse order')
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


@table({
    'each manager is told the error':
        dict(managers={'a': {}, 'b': {}, 'c': {}}, error=Boom()),
    'a manager that swallows the error keeps it from the others':
        dict(managers={'a': {}, 'b': dict(swallows=True), 'c': {}}, error=Boom()),
    'a manager may ask to swallow an error when there is none':
        dict(managers={'a': dict(swallows=True)}, error=None),
    'after the error is swallowed, another manager may raise a new one':
        dict(managers={'a': dict(error=Bang()), 'b': dict(swallows=True)}, error=Boom()),
    'each error replaces the one before it':
        dict(managers={name: dict(error=error) for name, error in zip('abcd', (Boom(), Bang(), Boom(), Bang()))},
             error=None),
})
def _(log, managers, error):
    async def body():
        async with AsyncExitStack() as stack:
            for name, options in managers.items():
                await stack.enter_async_context(Manager(log, name, **options))
            if error is not None:
                raise error
            return 'result'

    run(outcome(log, 'stack', body()))


@program('an error of an exit may be swallowed further out')
def _(log):
    async def body():
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Manager(log, 'a'))
            await stack.enter_async_context(Manager(log, 'b', swallows=True))
            await stack.enter_async_context(Manager(log, 'c', error=Bang()))
        log('after')

    run(outcome(log, 'stack', body()))


@program('an error of an exit replaces the one before')
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


@program('a manager that cannot be entered is not left, but those before it are')
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


@program('popAll() keeps what was built in several steps only if all of them succeed')
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


@program('a stack inside a stack')
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


@program('several tasks, each with its own stack')
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


@program('any number of callbacks')
def _(log):
    async def main():
        left = []
        async with AsyncExitStack() as stack:
            for n in range(1000):
                stack.callback(left.append, n)
        log(len(left), left[:3], left[-3:])

    run(main())
