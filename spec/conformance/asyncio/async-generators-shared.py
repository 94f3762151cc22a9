"""Several loops and tasks may take values from one asynchronous generator, but only one at a time."""
from asyncio import create_task, eager_task_factory, gather, get_running_loop, sleep

from errors import Boom
from generators import guarded, numbers
from iteration import close, step
from programs import program
from virtual import run
from witness import now, outcome


@program('two tasks that take turns share the values')
def _(log):
    async def consume(name, g, pause):
        async for n in g:
            log(name, n)
            await sleep(pause)

    async def main():
        g = numbers(7)
        await gather(consume('a', g, 2), consume('b', g, 3))

    run(main())


@program('while it runs, nobody else may ask it')
def _(log):
    async def main():
        g = numbers(3, pause=5)
        task = create_task(step(log, anext(g)))
        await sleep(1)
        await step(log, anext(g))
        await outcome(log, 'asend', g.asend(None))
        await step(log, g.athrow(Boom()))
        await close(log, g.aclose())
        await task
        await step(log, anext(g))

    run(main())


@program('while it is being closed, nobody may ask it')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        await step(log, anext(g))
        task = create_task(close(log, g.aclose()))
        await sleep(1)
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await close(log, g.aclose())
        await task
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('it may not ask itself')
def _(log):
    async def generator():
        await step(log, anext(g))
        yield 1
        await close(log, g.aclose())
        yield 2

    async def main():
        nonlocal g
        g = generator()
        async for n in g:
            log(n)

    g = None
    run(main())


@program('the body of a loop may close the generator of the loop')
def _(log):
    async def main():
        g = guarded(log)
        async for n in g:
            log(n)
            if n == 1:
                await close(log, g.aclose())
        log('after')

    run(main())


@program('one loop inside another over the same generator')
def _(log):
    async def main():
        g = numbers(7, pause=1)
        async for a in g:
            log('outer', a)
            async for b in g:
                log('inner', b, now())
                if b % 3 == 2:
                    break

    run(main())


@program('eager tasks ask at once')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        g = numbers(3)
        tasks = [create_task(step(log, anext(g))) for _ in range(3)]
        log([task.done() for task in tasks])
        slow = numbers(3, pause=1)
        tasks = [create_task(step(log, anext(slow))) for _ in range(2)]
        log([task.done() for task in tasks])
        await gather(*tasks)

    run(main())
