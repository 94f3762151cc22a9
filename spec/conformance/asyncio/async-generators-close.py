"""`aclose()` raises GeneratorExit at the `yield`; what the generator does then decides how it closes (PEP 525)."""
from asyncio import create_task, sleep
from contextlib import aclosing

from errors import Bang, Boom
from generators import guarded, numbers
from iteration import close, step
from programs import program
from virtual import run
from witness import now, outcome


@program('aclose() runs the finally blocks, which may wait')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        await step(log, anext(g))
        await step(log, anext(g))
        await close(log, g.aclose())
        log('closed at', now())
        await step(log, anext(g))

    run(main())


@program('closing one that has not begun runs nothing')
def _(log):
    async def main():
        g = guarded(log)
        await close(log, g.aclose())
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('closing twice, or after the end, does nothing')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await close(log, g.aclose())
        await close(log, g.aclose())
        g = numbers(0)
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('yielding on GeneratorExit ignores it, and the rest may still be asked for')
def _(log):
    async def ignoring():
        for i in range(3):
            try:
                yield i
            except GeneratorExit:
                yield 'ignored'

    async def main():
        g = ignoring()
        await step(log, anext(g))
        await close(log, g.aclose())
        for _ in range(3):
            await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('yielding in finally ignores it too')
def _(log):
    async def ignoring():
        try:
            yield 'body'
        finally:
            yield 'finally'
            log('never here')

    async def main():
        g = ignoring()
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('without GeneratorExit, a yield in finally is an ordinary one')
def _(log):
    async def generator(error):
        try:
            yield 'body'
            if error is not None:
                raise error
        finally:
            yield 'finally'
            log('after')

    async def main():
        for error in (None, Boom()):
            g = generator(error)
            for _ in range(4):
                await step(log, anext(g))

    run(main())


@program('catching GeneratorExit and returning closes it')
def _(log):
    async def polite():
        try:
            yield 1
        except GeneratorExit:
            await sleep(1)

    async def main():
        g = polite()
        await step(log, anext(g))
        await close(log, g.aclose())
        await step(log, anext(g))

    run(main())


@program('an error during the close comes out of aclose()')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            await sleep(1)
            raise Boom

    async def main():
        g = failing()
        await step(log, anext(g))
        await close(log, g.aclose())
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('aclosing() closes one that a loop leaves by break')
def _(log):
    async def main():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                if n == 2:
                    break
        log('after', now())

    run(main())


@program('aclosing() closes one when the body of the loop fails')
def _(log):
    async def loop():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                raise Boom

    async def main():
        await outcome(log, 'loop', loop())
        log(now())

    run(main())


@program('aclosing() closes one when the body of the loop is cancelled')
def _(log):
    async def loop():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                await sleep(10)

    async def main():
        task = create_task(loop())
        await sleep(15)
        task.cancel()
        await outcome(log, 'loop', task)
        log(now())

    run(main())


@program('an error during the close replaces that of the loop')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            raise Bang

    async def loop():
        async with aclosing(failing()) as g:
            async for n in g:
                raise Boom

    run(outcome(log, 'loop', loop()))


@program('a chain that is left early closes from the outermost to the innermost')
def _(log):
    async def outer():
        try:
            async with aclosing(guarded(log, 'inner', pause=1)) as source:
                async for n in source:
                    yield n
        finally:
            log('outer is through at', now())

    async def main():
        async with aclosing(outer()) as g:
            async for n in g:
                log(n)
                if n == 1:
                    break
        log('after')

    run(main())


@program('an endless one is closed at the first match')
def _(log):
    async def ticks():
        try:
            tick = 0
            while True:
                await sleep(1)
                tick += 1
                yield tick
        finally:
            log('ticks end at', now())

    async def main():
        async with aclosing(ticks()) as g:
            async for tick in g:
                if tick * tick > 50:
                    log('first', tick)
                    break
        await sleep(10)
        log('main ends at', now())

    run(main())


@program('cancelled again while it is being closed')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            await outcome(log, 'first', sleep(10))
            await outcome(log, 'second', sleep(10))

    async def loop():
        async with aclosing(generator()) as g:
            async for n in g:
                log(n)
                await sleep(100)

    async def main():
        task = create_task(loop())
        await sleep(10)
        task.cancel()
        await sleep(5)
        task.cancel()
        await outcome(log, 'loop', task)
        log(now(), task.cancelling())

    run(main())


@program('a cancelled aclose() may leave the clean-up unfinished')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            await sleep(10)
            log('never here')

    async def main():
        g = generator()
        await anext(g)
        task = create_task(close(log, g.aclose()))
        await sleep(5)
        task.cancel()
        await task
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())
