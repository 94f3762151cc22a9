"""An asynchronous generator (PEP 525) runs only when it is asked for a value, and may wait in between."""
from asyncio import TaskGroup, create_task, current_task, gather, get_running_loop, sleep
from contextlib import aclosing

from errors import Boom
from generators import numbers
from groups import ending
from iteration import step
from programs import program
from virtual import run
from witness import now, ticker


@program('a loop gets what it yields, until its end')
def _(log):
    async def main():
        async for n in numbers(3):
            log(n)
        log('after')

    run(main())


@program('nothing runs before the first value is asked for')
def _(log):
    async def generator():
        log('begins')
        yield 1
        log('ends')

    async def main():
        g = generator()
        log('made')
        await step(log, anext(g))
        log('asked')
        await step(log, anext(g))

    run(main())


@program('its body may wait, in the task that asks')
def _(log):
    async def generator():
        for _ in range(2):
            log(current_task().get_name(), 'waits at', now())
            await sleep(5)
            yield now()

    async def main():
        g = generator()
        for name in ('a', 'b'):
            task = create_task(step(log, anext(g)), name=name)
            await task

    run(main())


@program('asking takes no turn')
def _(log):
    async def main():
        ticker(log, 2)
        async for n in numbers(3):
            log('item', n)
        log('after')
        await sleep(1)

    run(main())


@program('once ended, it stays ended')
def _(log):
    async def main():
        g = numbers(1)
        for _ in range(3):
            await step(log, anext(g))
        await step(log, g.asend('sent'))
        async for _ in g:
            log('never here')

    run(main())


@program('a loop continues where another one was left')
def _(log):
    async def main():
        g = numbers(6)
        await step(log, anext(g))
        async for n in g:
            log('first', n)
            await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('an error passes a chain of generators')
def _(log):
    async def level(source):
        async for n in source:
            yield n

    async def failing():
        yield 1
        raise Boom

    async def main():
        g = level(level(level(failing())))
        for _ in range(3):
            await step(log, anext(g))

    run(main())


@program('a hundred generators, each over another')
def _(log):
    async def plus(source):
        async for n in source:
            yield n + 1

    async def main():
        g = numbers(3, pause=1)
        for _ in range(100):
            g = plus(g)
        log([n async for n in g], now())

    run(main())


@program('a generator that iterates over another one')
def _(log):
    async def doubled(source):
        async for n in source:
            yield n
            yield n * 2

    async def main():
        async for n in doubled(doubled(numbers(3, pause=1))):
            log(n, now())

    run(main())


@program('a comprehension')
def _(log):
    async def main():
        log([n * n async for n in numbers(5) if n % 2 == 0])
        log(sorted([str(n) async for n in numbers(3, pause=1)], reverse=True), now())

    run(main())


@program('what it yields is not awaited')
def _(log):
    async def generator(future):
        yield future
        yield None
        yield [1, 2]

    async def main():
        future = get_running_loop().create_future()
        g = generator(future)
        log(await anext(g) is future)
        await step(log, anext(g))
        await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('its body may use tasks')
def _(log):
    async def pages(n):
        for page in range(n):
            left, right = await gather(sleep(1, f'left {page}'), create_task(sleep(2, f'right {page}')))
            yield [left, right]

    async def main():
        async for page in pages(2):
            log(page, now())

    run(main())


@program('a task group in its body')
def _(log):
    async def work(n):
        await sleep(n)
        if n == 3:
            raise Boom
        return n

    async def rounds():
        for n in (1, 2, 3):
            async with TaskGroup() as group:
                task = group.create_task(work(n))
            yield task.result()

    async def loop():
        async for n in rounds():
            log(n, now())

    run(ending(log, 'loop', loop()))


@program('generators in several tasks')
def _(log):
    async def consume(name, n, pause):
        async for i in numbers(n, pause):
            log(name, i, now())

    async def main():
        await gather(consume('a', 3, 3), consume('b', 4, 2))

    run(main())


@program('a method may be an asynchronous generator')
def _(log):
    class Tree:
        def __init__(self, value, *children):
            self.value, self.children = value, children

        async def walk(self):
            yield self.value
            for child in self.children:
                async for value in child.walk():
                    yield value

        def __aiter__(self):
            return self.walk()

    async def main():
        tree = Tree(1, Tree(2, Tree(3)), Tree(4))
        async for value in tree.walk():
            log(value)
        log([value async for value in tree])

    run(main())


@program('a producer and a stage that batches')
def _(log):
    async def fetch(n):
        for page in range(n):
            await sleep(3)
            log('fetched', page)
            for row in range(2):
                yield [page, row]

    async def batches(source, size):
        batch = []
        async for item in source:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch

    async def main():
        async for batch in batches(fetch(3), 4):
            log(batch, now())
            await sleep(1)

    run(main())


@program('two generators in parallel')
def _(log):
    async def zipped(a, b):
        while True:
            try:
                yield [await anext(a), await anext(b)]
            except StopAsyncIteration:
                break

    async def main():
        async for pair in zipped(numbers(3, pause=2), numbers(5, pause=3)):
            log(pair, now())

    run(main())


@program('ten thousand items')
def _(log):
    async def main():
        total = 0
        async for n in numbers(10_000):
            total += n
        log(total, now())

    run(main())


@program('a yield inside several context managers')
def _(log):
    class Manager:
        def __init__(self, name):
            self.name = name

        async def __aenter__(self):
            log('enter', self.name)

        async def __aexit__(self, kind, error, traceback):
            await sleep(1)
            log('exit', self.name, error)

    async def generator():
        async with Manager('a'):
            yield 1
            async with Manager('b'):
                yield 2
                yield 3
            yield 4

    async def loop(last):
        async with aclosing(generator()) as g:
            async for n in g:
                log(n, now())
                if n == last:
                    break

    async def main():
        await loop(2)
        await loop(4)
        await loop(None)

    run(main())
