"""A value or an error can be sent into an asynchronous generator at its `yield` (PEP 525)."""
from asyncio import CancelledError, current_task, sleep
from contextlib import aclosing

from errors import Bang, Boom
from generators import guarded, numbers
from iteration import close, step
from programs import program
from virtual import run
from witness import now, outcome


@program('asend() sends a value to the yield')
def _(log):
    async def echo():
        sent = None
        while sent != 'stop':
            sent = yield sent

    async def main():
        g = echo()
        await step(log, g.asend(None))
        await step(log, g.asend('one'))
        await step(log, anext(g))
        await step(log, g.asend(0))
        await step(log, g.asend('stop'))

    run(main())


@program('a value cannot be sent to one that has not begun')
def _(log):
    async def main():
        g = numbers(2)
        await step(log, g.asend('too early'))
        await step(log, g.asend(None))
        await step(log, g.asend('sent'))
        await step(log, g.asend('sent'))

    run(main())


@program('a sent value is kept through a wait')
def _(log):
    async def totals():
        total = 0
        while True:
            value = yield total
            await sleep(1)
            total += value

    async def main():
        async with aclosing(totals()) as g:
            await anext(g)
            for n in (2, 4, 9):
                await step(log, g.asend(n))
        log(now())

    run(main())


@program('athrow() raises at the yield, which may answer with another value')
def _(log):
    async def stubborn():
        for i in range(3):
            try:
                yield i
            except Boom as error:
                log('caught', error)
                await sleep(1)
                yield 'answer'

    async def main():
        g = stubborn()
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))
        await step(log, g.athrow(Boom))
        await step(log, g.athrow(Bang()))
        await step(log, anext(g))

    run(main())


@program('a generator that returns because of the error has ended')
def _(log):
    async def polite():
        try:
            yield 1
        except Boom:
            return

    async def main():
        g = polite()
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))

    run(main())


@program('an error thrown into one that has not begun ends it')
def _(log):
    async def generator():
        log('never here')
        yield 1

    async def main():
        g = generator()
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))
        await close(log, g.athrow(Bang()))

    run(main())


@program('an error thrown into one that has ended is lost')
def _(log):
    async def main():
        g = numbers(0)
        await step(log, anext(g))
        await close(log, g.athrow(Boom()))
        g = numbers(2)
        await step(log, anext(g))
        await close(log, g.aclose())
        await close(log, g.athrow(Boom()))

    run(main())


@program('an error of the body ends it')
def _(log):
    async def failing():
        yield 1
        await sleep(1)
        raise Boom

    async def main():
        g = failing()
        for _ in range(4):
            await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('an error of the body ends a loop over it')
def _(log):
    async def failing():
        yield 1
        raise Boom

    async def loop():
        async for n in failing():
            log(n)
        else:
            log('never here')

    run(outcome(log, 'loop', loop()))


@program('a StopIteration raised in the body becomes a RuntimeError')
def _(log):
    async def slipping():
        yield 1
        raise StopIteration

    async def main():
        g = slipping()
        await step(log, anext(g))
        await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('a StopIteration thrown in becomes a RuntimeError too')
def _(log):
    async def main():
        g = numbers(2)
        await step(log, anext(g))
        await step(log, g.athrow(StopIteration()))
        await step(log, anext(g))

    run(main())


@program('a GeneratorExit by athrow() comes back out')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await step(log, g.athrow(GeneratorExit()))
        await step(log, anext(g))

    run(main())


@program('a CancelledError thrown in by athrow()')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await step(log, g.athrow(CancelledError('byhand')))
        await step(log, anext(g))
        log(current_task().cancelling())

    run(main())


@program('the body of a loop may send to the generator of the loop')
def _(log):
    async def accumulate():
        total = 0
        while total < 20:
            total += (yield total) or 1

    async def main():
        g = accumulate()
        async for total in g:
            log(total)
            if total % 2 == 1:
                await step(log, g.asend(5))

    run(main())
