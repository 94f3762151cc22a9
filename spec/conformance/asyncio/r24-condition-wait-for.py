"""R24, `Condition.waitFor()`: it waits until a predicate is true, and checks at each notification."""
from asyncio import Condition, gather, sleep, wait

from conditions import notify
from crew import start, turns
from errors import Boom
from programs import program
from virtual import run
from witness import outcome, ticker


@program('waitFor() of a true predicate takes no turn and needs no lock')
def _(log):
    async def main():
        condition = Condition()
        ticker(log, 1)
        log(await condition.wait_for(lambda: 'a value'))
        await sleep(0)

    run(main())


@program('waitFor() checks at each notification, and returns what it finds')
def _(log):
    state = {'value': 0}

    async def waiter(condition, least):
        def enough():
            log('looks', least, state['value'])
            return state['value'] if state['value'] >= least else None

        async with condition:
            return await condition.wait_for(enough)

    async def main():
        condition = Condition()
        tasks = [start(log, f'at least {n}', waiter(condition, n)) for n in (2, 1)]
        await turns(2)
        for value in (0, 1, 3):
            async with condition:
                state['value'] = value
                condition.notify_all()
            await turns(5)
        await wait(tasks)

    run(main())


@program('when the predicate fails, the lock is held')
def _(log):
    def fail():
        raise Boom

    async def main():
        condition = Condition()
        await condition.acquire()
        await outcome(log, 'at once', condition.wait_for(fail))
        log(condition.locked())
        looks = iter([lambda: False, fail])
        a = start(log, 'later', condition.wait_for(lambda: next(looks)()))
        await sleep(0)
        await notify(condition)
        await a
        log(condition.locked())

    run(main())


@program('what was true at the notification may be false when the waiter checks')
def _(log):
    items = []

    async def consumer(condition):
        async with condition:
            await condition.wait_for(lambda: items)
            return items.pop(0)

    async def main():
        condition = Condition()
        a = start(log, 'a', consumer(condition))
        await sleep(0)
        async with condition:
            thief = start(log, 'thief', consumer(condition))
            await sleep(0)
            items.append('first')
            condition.notify()
        await thief
        await turns(5)
        log(a.done())
        async with condition:
            items.append('second')
            condition.notify()
        await a

    run(main())


@program('producers and consumers share a place for one item')
def _(log):
    place = []

    async def producer(condition, items):
        for item in items:
            async with condition:
                await condition.wait_for(lambda: not place)
                place.append(item)
                log('in', item)
                condition.notify_all()

    async def consumer(condition, name):
        for _ in range(2):
            async with condition:
                await condition.wait_for(lambda: place)
                log(name, 'out', place.pop())
                condition.notify_all()

    async def main():
        condition = Condition()
        await gather(producer(condition, 'abcd'), consumer(condition, 'one'), consumer(condition, 'two'))

    run(main())
