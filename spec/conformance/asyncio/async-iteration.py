"""`forEach()`, Python's `async for`, asks an iterator for items, waits for them, and ends with the iterator."""
from asyncio import create_task, gather, get_running_loop, sleep

from errors import Boom
from iterators import Countdown, Numbers, Reader
from programs import program
from virtual import run
from witness import now, outcome, ticker


@program('a loop takes all items, until the end')
def _(log):
    async def main():
        async for n in Countdown(3):
            log(n)
        log('after')

    run(main())


@program('without a wait it takes no turn')
def _(log):
    async def main():
        ticker(log, 2)
        async for n in Countdown(3):
            log('item', n)
        async for n in Countdown(0):
            log('never here')
        log('after')
        await sleep(1)

    run(main())


@program('while it waits for the next item, other tasks run')
def _(log):
    async def consume(name, pause):
        async for n in Countdown(3, pause):
            log(name, n, 'at', now())

    async def main():
        await gather(consume('a', 3), consume('b', 2))

    run(main())


@program('the body may wait too')
def _(log):
    async def main():
        async for n in Countdown(3, pause=2):
            await sleep(n)
            log(n, now())

    run(main())


@program('reaching the end differs from leaving by break')
def _(log):
    async def loop(n, last):
        async for i in Countdown(n):
            log(i)
            if i == last:
                break
        else:
            log('the end')

    async def main():
        await loop(3, None)
        await loop(3, 1)
        await loop(3, 0)
        await loop(0, 0)

    run(main())


@program('continue goes on with the next item')
def _(log):
    async def main():
        async for n in Countdown(5):
            if n % 2 == 1:
                continue
            log(n)

    run(main())


@program('loops nest, each with its own iterator')
def _(log):
    async def main():
        numbers = Numbers(1, 2)
        async for a in numbers:
            async for b in numbers:
                log(a, b)

    run(main())


@program('break leaves the inner loop')
def _(log):
    async def main():
        async for a in Numbers(1, 2, 3):
            async for b in Numbers(1, 2, 3):
                if b > a:
                    break
                log(a, b)

    run(main())


@program('the body may add items')
def _(log):
    async def main():
        items = [1]
        async for n in Reader(items):
            log(n)
            if n < 4:
                items.append(n + 1)

    run(main())


@program('a return leaves the loop and its function')
def _(log):
    async def find(source, wanted):
        async for n in source:
            log('looks at', n)
            if n == wanted:
                return 'found'
        return 'not found'

    async def main():
        log(await find(Countdown(5), 3))
        log(await find(Countdown(2), 3))

    run(main())


@program('a task for each item')
def _(log):
    async def work(n):
        await sleep(n)
        log(n, now())
        return n * n

    async def main():
        tasks = []
        async for n in Countdown(4, pause=1):
            tasks.append(create_task(work(n)))
        log(await gather(*tasks))

    run(main())


@program('iterators of iterators')
def _(log):
    class Mapped:
        def __init__(self, source, function):
            self.iterator, self.function = source.__aiter__(), function

        def __aiter__(self):
            return self

        async def __anext__(self):
            return self.function(await self.iterator.__anext__())

    class Filtered(Mapped):
        async def __anext__(self):
            while True:
                item = await self.iterator.__anext__()
                if self.function(item):
                    return item

    async def main():
        squares = Mapped(Countdown(8, pause=1), lambda n: n * n)
        async for n in Filtered(squares, lambda n: n % 2 == 1):
            log(n, now())

    run(main())


@program('an item may be anything, even something that could be awaited')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        async for item in Reader([None, future, False]):
            log(item is future, item if item is not future else 'the future')

    run(main())


@program('an error of the iterator ends the loop')
def _(log):
    class Failing(Countdown):
        async def __anext__(self):
            n = await super().__anext__()
            if n == 1:
                raise Boom
            return n

    async def loop(iterator):
        async for n in iterator:
            log(n)
        else:
            log('the end')

    async def main():
        iterator = Failing(4)
        await outcome(log, 'loop', loop(iterator))
        await outcome(log, 'loop', loop(iterator))

    run(main())


@program('an error of the body ends the loop')
def _(log):
    async def loop(iterator):
        async for n in iterator:
            log(n)
            if n == 2:
                raise Boom
        else:
            log('the end')

    async def main():
        iterator = Countdown(4)
        await outcome(log, 'loop', loop(iterator))
        await outcome(log, 'loop', loop(iterator))

    run(main())


@program('an error that the body handles does not end the loop')
def _(log):
    async def main():
        async for n in Countdown(4):
            try:
                if n == 2:
                    raise Boom
                log(n)
            except Boom as error:
                log('handled', error)

    run(main())
