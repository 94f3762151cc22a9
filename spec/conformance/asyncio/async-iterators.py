"""Iterators written by hand: what is asked of them, who may share them, and how they are cancelled."""
from asyncio import create_task, gather, sleep, timeout, wait_for

from errors import Boom
from iterators import Countdown, Numbers
from programs import program
from virtual import run
from witness import now, outcome


@program('an iterator continues where a break has left it')
def _(log):
    async def main():
        iterator = Countdown(6)
        for last in (4, 2, 0):
            async for n in iterator:
                log(n)
                if n == last:
                    break
            log('left')
        async for n in iterator:
            log('never here')

    run(main())


@program('an iterable begins anew each time')
def _(log):
    async def main():
        numbers = Numbers(1, 2)
        for _ in range(2):
            async for n in numbers:
                log(n)

    run(main())


@program('two loops may share an iterator')
def _(log):
    async def main():
        iterator = Countdown(5)
        async for a in iterator:
            log('outer', a)
            async for b in iterator:
                log('inner', b)
                if b % 2 == 0:
                    break

    run(main())


@program('two tasks may share an iterator')
def _(log):
    async def consume(name, iterator, pause):
        async for n in iterator:
            log(name, n)
            await sleep(pause)

    async def main():
        iterator = Countdown(7)
        await gather(consume('a', iterator, 2), consume('b', iterator, 3))

    run(main())


@program('a task cancelled in the loop is cancelled in what the iterator waits for')
def _(log):
    async def loop(pause, work):
        async for n in Countdown(10, pause):
            log(n, now())
            await sleep(work)

    async def main():
        for pause, work in ((10, 1), (1, 10)):
            task = create_task(loop(pause, work))
            await sleep(25)
            task.cancel()
            await outcome(log, 'loop', task)

    run(main())


@program('a timeout around the loop')
def _(log):
    async def loop():
        async with timeout(10):
            async for n in Countdown(10, pause=4):
                log(n, now())

    run(outcome(log, 'loop', loop()))


@program('a timeout for each step')
def _(log):
    class Slowing(Countdown):
        async def __anext__(self):
            self.pause += 2
            return await super().__anext__()

    class Limited:
        def __init__(self, iterator, limit):
            self.iterator, self.limit = iterator, limit

        def __aiter__(self):
            return self

        async def __anext__(self):
            return await wait_for(self.iterator.__anext__(), self.limit)

    async def loop():
        async for n in Limited(Slowing(10), 5):
            log(n, now())

    run(outcome(log, 'loop', loop()))


@program('anything else cannot be iterated')
def _(log):
    async def loop(source):
        async for n in source:
            log('never here')

    async def main():
        for source in (7, None, [1, 2, 3], object()):
            await outcome(log, 'loop', loop(source))

    run(main())


@program('an error of __aiter__() comes out')
def _(log):
    class Failing:
        def __aiter__(self):
            raise Boom

    async def loop():
        async for n in Failing():
            log('never here')

    run(outcome(log, 'loop', loop()))


@program('__aiter__() is called once, __anext__() once more than there are items')
def _(log):
    class Loud(Countdown):
        def __aiter__(self):
            log('iter')
            return self

        async def __anext__(self):
            log('next')
            return await super().__anext__()

    async def main():
        async for n in Loud(2):
            log(n)

    run(main())


@program('an iterator that has ended may be asked again')
def _(log):
    class Inbox:
        def __init__(self):
            self.items = []

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.items:
                raise StopAsyncIteration
            return self.items.pop(0)

    async def main():
        inbox = Inbox()
        for items in (['a', 'b'], [], ['c']):
            inbox.items.extend(items)
            async for item in inbox:
                log(item)
            log('empty')

    run(main())
