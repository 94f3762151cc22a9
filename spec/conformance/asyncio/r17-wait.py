"""R17: `wait()` tells which are done and which are not. It never raises their errors, and its own cancellation
leaves them alone.
"""
from asyncio import FIRST_COMPLETED, FIRST_EXCEPTION, create_task, eager_task_factory, get_running_loop, sleep, wait

from failing import fail
from programs import program
from reporting import run_reporting
from virtual import run
from witness import names, outcome


async def work(ms):
    await sleep(ms)


def three():
    """Three tasks named after the milliseconds they take."""
    return [create_task(work(ms), name=f't{ms}') for ms in (10, 20, 30)]


def show(log, result):
    done, pending = result
    log('done', names(done), 'pending', names(pending), 'at', get_running_loop().time())


@program('it waits for all')
def _(log):
    async def main():
        show(log, await wait(three()))

    run(main())


@program('FIRST_COMPLETED waits for one')
def _(log):
    async def main():
        show(log, await wait(three(), return_when=FIRST_COMPLETED))

    run(main())


@program('FIRST_COMPLETED gives all that ended in the same turn')
def _(log):
    async def main():
        tasks = [create_task(work(20 if i == 2 else 10), name=name) for i, name in enumerate('abc')]
        show(log, await wait(tasks, return_when=FIRST_COMPLETED))

    run(main())


@program('it can be called again with those that are pending')
def _(log):
    async def main():
        left = three()
        for _ in range(3):
            result = await wait(left, return_when=FIRST_COMPLETED)
            show(log, result)
            left = result[1]

    run(main())


@program('FIRST_EXCEPTION waits for an error')
def _(log):
    async def main():
        result = await wait([*three(), create_task(fail(15), name='fails')], return_when=FIRST_EXCEPTION)
        show(log, result)
        for task in result[0]:
            if task.get_name() == 'fails':
                log(task.exception())

    run(main())


@program('FIRST_EXCEPTION without an error waits for all')
def _(log):
    async def main():
        show(log, await wait(three(), return_when=FIRST_EXCEPTION))

    run(main())


@program('FIRST_EXCEPTION ignores a cancelled task')
def _(log):
    async def main():
        tasks = three()
        get_running_loop().call_later(5, tasks[0].cancel)
        show(log, await wait(tasks, return_when=FIRST_EXCEPTION))

    run(main())


@program('FIRST_COMPLETED counts a cancelled task')
def _(log):
    async def main():
        tasks = three()
        get_running_loop().call_later(5, tasks[1].cancel)
        show(log, await wait(tasks, return_when=FIRST_COMPLETED))

    run(main())


@program('at its deadline it raises nothing and cancels nobody')
def _(log):
    async def main():
        tasks = three()
        result = await wait(tasks, timeout=15)
        show(log, result)
        show(log, await wait(result[1]))
        log([task.cancelled() for task in tasks])

    run(main())


@program('a timer that is not needed any more does not hold up the loop')
def _(log):
    async def main():
        await wait(three(), timeout=1000)
        await sleep(1)
        log(get_running_loop().time())

    run(main())


@program('with a timeout of zero it takes two turns, and counts what is done then')
def _(log):
    async def nothing():
        pass

    async def main():
        tasks = [create_task(nothing(), name='short'), create_task(work(10), name='long')]
        show(log, await wait(tasks, timeout=0))
        show(log, await wait(tasks, timeout=-5))

    run(main())


@program('a deadline and an end at the same moment')
def _(log):
    async def main():
        before = create_task(work(10), name='before')
        await sleep(0)
        after = [create_task(work(10), name='after')]
        show(log, await wait([before, *after], timeout=10))

    run(main())


@program('what is done already still takes a turn')
def _(log):
    async def main():
        tasks = three()
        await wait(tasks)
        get_running_loop().call_soon(log, 'a turn')
        show(log, await wait(tasks))

    run(main())


@program('it does not raise their errors')
def _(log):
    async def main():
        failed = create_task(fail(1))
        cancelled = create_task(fail(5))
        get_running_loop().call_later(2, cancelled.cancel)
        done, pending = await wait([failed, cancelled])
        log(len(done), len(pending), failed.exception(), cancelled.cancelled())

    run(main())


@program('cancelling the waiter leaves the tasks alone')
def _(log):
    async def waiter(tasks):
        await wait(tasks)

    async def main():
        tasks = three()
        task = create_task(waiter(tasks))
        await sleep(5)
        task.cancel()
        await outcome(log, 'waiter', task)
        log([each.cancelling() for each in tasks])
        show(log, await wait(tasks))

    run(main())


@program('cancelling the waiter in the turn in which it would end still cancels')
def _(log):
    async def waiter(future):
        await wait([future])
        log('never here')

    async def main():
        future = get_running_loop().create_future()
        task = create_task(waiter(future))
        await sleep(0)
        future.set_result('done')
        future.add_done_callback(lambda _: task.cancel())
        await outcome(log, 'waiter', task)

    run(main())


@program('an empty list is a ValueError, and so is an unknown condition')
def _(log):
    async def main():
        await outcome(log, 'none', wait([]))
        task = create_task(work(1))
        await outcome(log, 'condition', wait([task], return_when='SOMETIMES'))
        await task

    run(main())


@program('a coroutine is a TypeError, alone or among others')
def _(log):
    async def main():
        coroutine = work(1)
        await outcome(log, 'alone', wait(coroutine))
        await outcome(log, 'among others', wait([coroutine]))
        await coroutine
        task = create_task(work(1))
        await outcome(log, 'a task alone', wait(task))
        await task

    run(main())


@program('a task given twice counts once')
def _(log):
    async def main():
        task = create_task(work(1), name='once')
        show(log, await wait([task, task]))

    run(main())


@program('eager tasks that ended at once are done')
def _(log):
    async def nothing():
        pass

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        ended = create_task(nothing())
        waits = create_task(work(10))
        done, pending = await wait([ended, waits], return_when=FIRST_COMPLETED)
        log(ended in done, waits in pending, get_running_loop().time())

    run(main())


@program('an error in its result that nobody reads is reported')
def _(log):
    async def main():
        done, _ = await wait([create_task(fail(1))])
        log(len(done))

    run_reporting(log, main())


@program('FIRST_EXCEPTION reads the errors by looking for them')
def _(log):
    async def main():
        done, _ = await wait([create_task(fail(1)), create_task(work(5))], return_when=FIRST_EXCEPTION)
        log(len(done))
        await sleep(5)

    run_reporting(log, main())
