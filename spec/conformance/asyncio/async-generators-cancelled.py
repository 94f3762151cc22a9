"""Cancellation and timeouts reach an asynchronous generator where it waits, and its caller where it yields."""
from asyncio import CancelledError, TaskGroup, create_task, current_task, shield, sleep, timeout, wait_for
from contextlib import aclosing

from failing import fail
from generators import numbers
from groups import ending
from iteration import step
from programs import program
from virtual import run
from witness import message, now, outcome


@program('cancelled while its body waits, the body gets the error')
def _(log):
    async def generator():
        try:
            yield 1
            await sleep(100)
            yield 2
        except CancelledError as error:
            log('body gets', error, message(error))
            raise

    async def loop(g):
        async for n in g:
            log(n)

    async def main():
        g = generator()
        task = create_task(loop(g))
        await sleep(1)
        task.cancel('by main')
        await outcome(log, 'loop', task)
        await step(log, anext(g))

    run(main())


@program('a body that swallows a cancellation continues for whoever asks')
def _(log):
    async def generator():
        for i in range(3):
            await outcome(log, 'sleep', sleep(10, i))
            yield i

    async def loop():
        async for n in generator():
            log(n, now())
        return current_task().cancelling()

    async def main():
        task = create_task(loop())
        await sleep(15)
        task.cancel()
        await outcome(log, 'loop', task)

    run(main())


@program('a timeout around the loop, while the body waits')
def _(log):
    async def main():
        g = numbers(5, pause=4)
        try:
            async with timeout(10):
                async for n in g:
                    log(n, now())
        except TimeoutError as error:
            log(error, now())
        await step(log, anext(g))

    run(main())


@program('a timeout for one step ends the generator')
def _(log):
    async def slowing():
        try:
            for i in range(10):
                await sleep(i)
                yield i
        finally:
            log('is through at', now())

    async def main():
        g = slowing()
        for _ in range(7):
            await step(log, wait_for(anext(g), 4.5))

    run(main())


@program('a step may be shielded')
def _(log):
    async def main():
        g = numbers(3, pause=10)
        next_item = create_task(first(g))
        await outcome(log, 'impatient', wait_for(shield(next_item), 5))
        await outcome(log, 'patient', next_item)
        await step(log, anext(g))

    async def first(g):
        return await anext(g)

    run(main())


@program('a timeout in the body')
def _(log):
    async def limited():
        try:
            async with timeout(10):
                yield 'quick'
                await sleep(100)
                log('never here')
        except TimeoutError as error:
            log(error, now())
            yield 'late'

    async def main():
        async for item in limited():
            log(item, now())

    run(main())


@program('a timeout around a yield interrupts the caller in whatever it does')
def _(log):
    async def limited():
        async with timeout(10) as limit:
            limits.append(limit)
            yield 1
            log('never here')

    async def loop():
        async with aclosing(limited()) as g:
            async for n in g:
                log(n)
                await outcome(log, 'sleep', sleep(20))
                await outcome(log, 'second sleep', sleep(20))
                break

    async def main():
        await outcome(log, 'loop', loop())
        log(limits[0].expired(), current_task().cancelling(), now())

    limits = []
    run(main())


@program('a timeout around a yield, when the caller does not survive it')
def _(log):
    async def limited():
        async with timeout(10):
            yield 1

    async def loop():
        async with aclosing(limited()) as g:
            async for n in g:
                await sleep(20)

    async def main():
        await outcome(log, 'loop', loop())
        log(current_task().cancelling(), now())

    run(main())


@program('a task group around a yield cancels the caller')
def _(log):
    async def grouped():
        async with TaskGroup() as group:
            group.create_task(fail(5))
            yield 1

    async def loop():
        async with aclosing(grouped()) as g:
            async for n in g:
                await outcome(log, 'sleep', sleep(20))
                break

    async def main():
        await ending(log, 'loop', loop())
        log(current_task().cancelling(), now())

    run(main())
