"""R11: A waiter continues one turn after the end of what it awaits; `gather()`, `wait()` and `shield()` take one
turn more.
"""
from asyncio import (
    as_completed, create_task, eager_task_factory, gather, get_running_loop, shield, sleep, timeout, wait, wait_for,
)

from programs import program, table
from virtual import new_loop, run
from witness import ticker


@program('what a callback schedules waits for the next turn')
def _(log):
    async def main():
        loop = get_running_loop()

        def a():
            log('a')
            loop.call_soon(log, 'c')

        loop.call_soon(a)
        loop.call_soon(log, 'b')
        await sleep(0)
        log('|')
        await sleep(0)
        log('|')

    run(main())


@program('done callbacks never run at once, whenever they were added')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        future.add_done_callback(lambda _: log(1))
        future.set_result(None)
        future.add_done_callback(lambda _: log(2))
        log('sync')
        await sleep(0)

    run(main())


@program('tasks begin in the order in which they were created, after their creator waits')
def _(log):
    async def child(i):
        log(i)

    async def main():
        tasks = [create_task(child(i)) for i in range(3)]
        log('main')
        await sleep(0)
        del tasks

    run(main())


@program('an eager task begins before its creator continues')
def _(log):
    async def child():
        log('s1')
        await sleep(0)
        log('s2')

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log('main')
        await task

    run(main())


@table({
    'awaiting a task takes one turn after its end': dict(awaited=lambda task: task, ticks=3),
    'wait() takes one turn more': dict(awaited=lambda task: wait([task]), ticks=3),
    'shield() takes one turn more': dict(awaited=shield, ticks=4),
    'asCompleted() takes one turn more': dict(awaited=lambda task: next(as_completed([task])), ticks=4),
})
def _(log, awaited, ticks):
    async def t():
        log('t')

    async def main():
        task = create_task(t())
        ticker(log, ticks)
        await awaited(task)
        log('AW')
        await sleep(0)
        await sleep(0)

    run(main())


@program('gather() takes one turn more')
def _(log):
    async def t():
        log('t')

    async def main():
        ticker(log, 4)
        await gather(t(), t())
        log('AW')
        await sleep(0)

    run(main())


@program('sleep(0) and sleep(-1) take one turn each')
def _(log):
    async def main():
        ticker(log, 3)
        await sleep(0)
        log('s0')
        await sleep(-1)
        log('s-1')
        await sleep(0)

    run(main())


@program('waitFor() runs a coroutine in the same task, without a turn in between')
def _(log):
    async def t():
        log('t')

    async def main():
        ticker(log, 2)
        await wait_for(t(), 10)
        log('W')
        await sleep(0)
        await sleep(0)

    run(main())


@program('waitFor() of a done future takes no turn')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        future.set_result(None)
        ticker(log, 2)
        await wait_for(future, 10)
        log('W')
        await sleep(0)
        await sleep(0)

    run(main())


@program('stop() lets the turn end; what that adds runs when the loop runs again')
def _(log):
    loop = new_loop()

    def a():
        log('a')
        loop.call_soon(log, 'c')

    loop.call_soon(loop.stop)
    loop.call_soon(a)
    loop.call_soon(log, 'b')
    loop.run_forever()
    log('|')
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


@program('awaiting a future takes one turn after setResult()')
def _(log):
    async def main():
        loop = get_running_loop()
        future = loop.create_future()

        def set_result():
            log('set')
            future.set_result(None)

        loop.call_soon(set_result)
        ticker(log, 3)
        await future
        log('AW')
        await sleep(0)

    run(main())


@program('several waiters continue in the order in which they began to wait')
def _(log):
    async def waiter(i, future):
        await future
        log(i)

    async def main():
        future = get_running_loop().create_future()
        tasks = [create_task(waiter(i, future)) for i in range(3)]
        await sleep(0)
        future.add_done_callback(lambda _: log('callback'))
        future.set_result(None)
        log('set')
        await gather(*tasks)

    run(main())


@program('a chain of tasks takes one turn for each link')
def _(log):
    async def link(n):
        if n > 0:
            await create_task(link(n - 1))
        log('end of', n)

    async def main():
        task = create_task(link(2))
        ticker(log, 7)
        await task
        log('AW')

    run(main())


@program('awaiting a coroutine takes no turn, at any depth')
def _(log):
    async def deep(n):
        return 0 if n == 0 else 1 + await deep(n - 1)

    async def main():
        ticker(log, 2)
        log('depth', await deep(20))
        await sleep(0)
        await sleep(0)

    run(main())


@program('timeout() takes no turn by itself')
def _(log):
    async def main():
        ticker(log, 2)
        async with timeout(10):
            log('inside')
        log('outside')
        await sleep(0)
        await sleep(0)

    run(main())


@program('gather() of done futures takes no turn either')
def _(log):
    async def main():
        loop = get_running_loop()
        futures = [loop.create_future(), loop.create_future()]
        for i, future in enumerate(futures):
            future.set_result(i)
        ticker(log, 2)
        all = gather(*futures)
        log(all.done())
        log(await all)
        await sleep(0)
        await sleep(0)

    run(main())


@program('a cancelled task gets the error in the next turn, its waiter in the one after')
def _(log):
    async def sleeper():
        try:
            await sleep(100)
        finally:
            log('cancelled')

    async def waiter(task):
        try:
            await task
        except BaseException as error:
            log('waiter gets', error)

    async def main():
        task = create_task(sleeper())
        other = create_task(waiter(task))
        await sleep(1)
        ticker(log, 4)
        task.cancel()
        await other
        log('AW')

    run(main())
