"""An asynchronous generator runs in the context of whoever asks it."""
from asyncio import create_task, sleep
from contextvars import ContextVar

from iteration import step
from probes import attempt
from programs import program
from virtual import run


@program('it sees the context variables of whoever asks')
def _(log):
    async def generator():
        while True:
            yield variable.get()

    async def ask(name):
        variable.set(name)
        await step(log, anext(g))

    async def main():
        nonlocal g
        g = generator()
        variable.set('main')
        await step(log, anext(g))
        await create_task(ask('a'))
        await ask('b')
        await step(log, anext(g))

    variable = ContextVar('variable', default='default')
    g = None
    run(main())


@program('what it sets is set for whoever asks')
def _(log):
    async def generator():
        for i in range(3):
            variable.set(i)
            await sleep(1)
            yield i

    async def ask(g):
        await step(log, anext(g))
        log('task sees', variable.get())

    async def main():
        g = generator()
        await step(log, anext(g))
        log('main sees', variable.get())
        await create_task(ask(g))
        log('main sees', variable.get())
        await step(log, anext(g))
        log('main sees', variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('its token is refused when another task asks next')
def _(log):
    async def generator():
        token = variable.set('by the generator')
        yield variable.get()
        attempt(log, lambda: variable.reset(token))
        yield variable.get()
        attempt(log, lambda: variable.reset(token))
        yield variable.get()

    async def main():
        g = generator()
        await step(log, anext(g))
        await create_task(step(log, anext(g)))
        await step(log, anext(g))

    variable = ContextVar('variable', default='default')
    run(main())
