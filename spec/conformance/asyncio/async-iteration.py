"""`async for` over classes with __aiter__() and __anext__(): it asks, waits, and ends with StopAsyncIteration."""
from asyncio import create_task, gather, get_running_loop, sleep, timeout, wait_for

from programs import program
from virtual import run
from witness import outcome, ticker


class Boom(Exception):
    pass


class Countdown:
    """Gives n - 1, …, 1, 0; each after a pause."""

    def __init__(self, n, pause=0):
        self.n, self.pause = n, pause

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        if self.pause > 0:
            await sleep(self.pause)
        self.n -= 1
        return self.n


class Numbers:
    """Gives the same numbers to everyone who asks from the beginning."""

    def __init__(self, *numbers):
        self.numbers = numbers

    def __aiter__(self):
        return Reader(self.numbers)


class Reader:
    def __init__(self, items):
        self.items = iter(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        for item in self.items:
            return item
        raise StopAsyncIteration


def now():
    return get_running_loop().time()


@program('it takes what there is, until the end')
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


@program('while it waits for the next, others run')
def _(log):
    async def consume(name, pause):
        async for n in Countdown(3, pause):
            log(name, n, 'at', now())

    async def main():
        await gather(consume('a', 3), consume('b', 2))

    run(main())


@program('the body may wait, too')
def _(log):
    async def main():
        async for n in Countdown(3, pause=2):
            await sleep(n)
            log(n, now())

    run(main())


@program('the end is an end, a break is not')
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


@program('continue goes on with the next')
def _(log):
    async def main():
        async for n in Countdown(5):
            if n % 2 == 1:
                continue
            log(n)

    run(main())


@program('an iterator goes on where a break has left it')
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


@program('what can be iterated again begins again')
def _(log):
    async def main():
        numbers = Numbers(1, 2)
        for _ in range(2):
            async for n in numbers:
                log(n)

    run(main())


@program('loops nest, each with an iterator of its own')
def _(log):
    async def main():
        numbers = Numbers(1, 2)
        async for a in numbers:
            async for b in numbers:
                log(a, b)

    run(main())


@program('a break leaves the inner loop')
def _(log):
    async def main():
        async for a in Numbers(1, 2, 3):
            async for b in Numbers(1, 2, 3):
                if b > a:
                    break
                log(a, b)

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


@program('two tasks may share one as well')
def _(log):
    async def consume(name, iterator, pause):
        async for n in iterator:
            log(name, n)
            await sleep(pause)

    async def main():
        iterator = Countdown(7)
        await gather(consume('a', iterator, 2), consume('b', iterator, 3))

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


@program('an error that the body handles does not')
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


@program('who is cancelled in the loop is cancelled in what waits')
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


@program('only what can be iterated is iterated')
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


@program('who said that it has ended may be asked again')
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


@program('items may be added by the body')
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


@program('an item may be anything, what could be awaited for one')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        async for item in Reader([None, future, False]):
            log(item is future, item if item is not future else 'the future')

    run(main())
