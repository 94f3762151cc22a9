"""`asCompleted()` gives results in the order in which they arrive."""
from asyncio import as_completed, create_task, eager_task_factory, gather, get_running_loop, sleep, timeout

from failing import fail
from programs import program
from virtual import run
from witness import outcome, ticker


@program('results arrive in the order in which their tasks end')
def _(log):
    async def main():
        for coming in as_completed([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b')]):
            log(await coming, get_running_loop().time())

    run(main())


@program('without tasks there are no results')
def _(log):
    async def main():
        for coming in as_completed([], timeout=5):
            await coming
        log('through')
        await sleep(1)
        log(get_running_loop().time())

    run(main())


@program('tasks that end in the same turn arrive in the order of their ends')
def _(log):
    async def main():
        futures = [get_running_loop().create_future() for _ in 'abc']

        def end():
            for i in [2, 0, 1]:
                futures[i].set_result(f'future {i}')

        get_running_loop().call_later(1, end)
        for coming in as_completed(futures):
            log(await coming)

    run(main())


@program('an error is raised in its place, and the others follow')
def _(log):
    async def main():
        for coming in as_completed([sleep(3, 'c'), fail(2), sleep(1, 'a')]):
            await outcome(log, 'next', coming)

    run(main())


@program('a cancelled task gives an error like any other')
def _(log):
    async def main():
        tasks = [create_task(sleep(5, 'slow')), create_task(sleep(10))]
        get_running_loop().call_later(2, tasks[1].cancel)
        for coming in as_completed(tasks):
            await outcome(log, 'next', coming)

    run(main())


@program('a task that is given twice arrives once')
def _(log):
    async def main():
        task = create_task(sleep(1, 'task'))
        for coming in as_completed([task, task, sleep(2, 'other')]):
            log(await coming)

    run(main())


@program('tasks that are done already arrive too')
def _(log):
    async def main():
        done, failed = create_task(sleep(1, 'done')), create_task(fail(2))
        await sleep(5)
        for coming in as_completed([done]):
            await outcome(log, 'next', coming)
        for coming in as_completed([failed]):
            await outcome(log, 'next', coming)
        log(get_running_loop().time())

    run(main())


@program('at the deadline each missing task gives a TimeoutError, and goes on')
def _(log):
    async def main():
        tasks = [create_task(sleep(ms, ms)) for ms in (30, 10, 20)]
        for coming in as_completed(tasks, timeout=15):
            await outcome(log, 'next', coming)
            log(get_running_loop().time())
        log([task.done() for task in tasks])
        log(await gather(*tasks))

    run(main())


@program('with a timeout of zero only what is done already arrives')
def _(log):
    async def main():
        done = create_task(sleep(0, 'done'))
        await done
        for ms in [0, -1]:
            for coming in as_completed([done, sleep(5, 'slept')], timeout=ms):
                await outcome(log, 'next', coming)
        log(get_running_loop().time())

    run(main())


@program('a deadline that is not reached does not hold up the loop')
def _(log):
    async def main():
        for coming in as_completed([sleep(1, 'a'), sleep(2, 'b')], timeout=1000):
            log(await coming)
        await sleep(5)
        log(get_running_loop().time())

    run(main())


@program('leaving early leaves the other tasks running')
def _(log):
    async def child(ms):
        await sleep(ms)
        log('child', ms)

    async def main():
        for coming in as_completed(map(child, [1, 2, 3])):
            await coming
            log('enough')
            break
        await sleep(5)

    run(main())


@program('there are as many awaitables as tasks, and they may be awaited at the same time')
def _(log):
    async def main():
        comings = [*as_completed([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b')])]
        log(len(comings))
        log(await gather(*comings))

    run(main())


@program('if the first in line is cancelled, the next one gets the result')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        first, second = [create_task(coming) for coming in as_completed([future, sleep(10, 'slept')])]
        await sleep(1)
        future.set_result('result')
        future.add_done_callback(lambda _: log('cancel', first.cancel()))
        await outcome(log, 'second', second)
        await outcome(log, 'first', first)

    run(main())


@program('a surrounding timeout() ends it, and the tasks go on')
def _(log):
    async def loop(tasks):
        async with timeout(15):
            for coming in as_completed(tasks):
                log(await coming)

    async def main():
        tasks = [create_task(sleep(ms, ms)) for ms in (10, 20)]
        await outcome(log, 'loop', loop(tasks))
        log([task.cancelled() for task in tasks], await gather(*tasks))

    run(main())


@program('a single task or coroutine is a TypeError')
def _(log):
    async def main():
        task = create_task(sleep(1))
        coroutine = fail(0)
        for wrong in [task, coroutine]:
            try:
                as_completed(wrong)
            except TypeError as error:
                log(error)
        await task
        await outcome(log, 'coroutine', coroutine)

    run(main())


@program('what is done already arrives without any turn')
def _(log):
    async def main():
        tasks = [create_task(sleep(1, name)) for name in 'ab']
        comings = as_completed(tasks)
        await sleep(5)
        ticker(log, 2)
        for coming in comings:
            log(await coming)
        await sleep(0)
        await sleep(0)

    run(main())


@program('eager tasks that ended at once arrive in the next turn')
def _(log):
    async def child(name):
        return name

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        tasks = [create_task(child(name)) for name in 'ab']
        ticker(log, 3)
        for coming in as_completed(tasks[:1]):
            log(await coming)
        await sleep(0)
        await sleep(0)

    run(main())
