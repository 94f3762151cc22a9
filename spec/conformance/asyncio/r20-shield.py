"""R20: `shield()` keeps the cancellation of the waiter away from what it waits for."""
from asyncio import (
    CancelledError, all_tasks, create_task, eager_task_factory, gather, get_running_loop, shield, sleep, wait, wait_for,
)

from errors import Boom
from failing import fail
from programs import program
from reporting import run_reporting
from virtual import run
from witness import message, outcome


@program('it gives the result and the error of the inner task')
def _(log):
    async def child():
        raise Boom

    async def main():
        await outcome(log, 'coroutine', shield(sleep(1, 'slept')))
        await outcome(log, 'task', shield(create_task(sleep(1, 'slept'))))
        await outcome(log, 'error', shield(child()))

    run(main())


@program('what is done already needs no shield')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        future.set_result('ready')
        log(shield(future) is future)
        failed = get_running_loop().create_future()
        failed.set_exception(Boom())
        log(shield(failed) is failed)
        await outcome(log, 'failed', shield(failed))
        pending = create_task(sleep(1))
        log(shield(pending) is pending)
        await pending

    run(main())


@program('the waiter is cancelled, the task continues')
def _(log):
    async def waiter(task):
        return await shield(task)

    async def main():
        task = create_task(sleep(10, 'slept'))
        waits = create_task(waiter(task))
        await sleep(5)
        log(waits.cancel('no more'))
        try:
            await waits
        except CancelledError as error:
            log(error, message(error), get_running_loop().time())
        log(task.done(), task.cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('an inner coroutine becomes a task, which continues as well')
def _(log):
    async def inside():
        await sleep(10)
        log('inside ends at', get_running_loop().time())

    async def waiter():
        await shield(inside())

    async def main():
        waits = create_task(waiter())
        await sleep(5)
        waits.cancel()
        await outcome(log, 'waiter', waits)
        log(len(all_tasks()))
        await sleep(20)

    run(main())


@program('cancelled in the turn in which it was made, it still lets the coroutine run')
def _(log):
    async def inside():
        log('inside')

    async def main():
        outer = shield(inside())
        log(outer.cancel('at once'), outer.cancelled())
        await outcome(log, 'outer', outer)
        await sleep(0)

    run(main())


@program('when the inner task is cancelled, so is the shield, without the message')
def _(log):
    async def main():
        task = create_task(sleep(10))
        outer = shield(task)
        await sleep(1)
        task.cancel('from inside')
        try:
            await outer
        except CancelledError as error:
            log(error, message(error), outer.cancelled())

    run(main())


@program('an inner task that swallows its cancellation gives its result')
def _(log):
    async def inside():
        await outcome(log, 'sleep', sleep(100))
        return 'survived'

    async def main():
        task = create_task(inside())
        outer = shield(task)
        await sleep(1)
        task.cancel()
        await outcome(log, 'outer', outer)

    run(main())


@program('two shields of one task are independent')
def _(log):
    async def main():
        task = create_task(sleep(5, 'slept'))
        one, two = shield(task), shield(task)
        one.cancel()
        await outcome(log, 'one', one)
        await outcome(log, 'two', two)

    run(main())


@program('a shield of a shield works too')
def _(log):
    async def main():
        task = create_task(sleep(5, 'slept'))
        inner = shield(task)
        outer = shield(inner)
        outer.cancel()
        log(inner.cancelled())
        await outcome(log, 'inner', inner)
        again = shield(shield(create_task(sleep(5, 'slept again'))))
        await outcome(log, 'again', again)

    run(main())


@program('a cancelled waiter may wait for the end, and then raise the error again')
def _(log):
    async def save():
        await sleep(10)
        log('saved')

    async def worker():
        saving = create_task(save())
        try:
            await shield(saving)
        except CancelledError:
            log('cancelled, but first')
            await saving
            raise

    async def main():
        task = create_task(worker())
        await sleep(5)
        task.cancel()
        await outcome(log, 'worker', task)
        log(get_running_loop().time())

    run(main())


@program('cancelling a gather() of shields leaves all the tasks alone')
def _(log):
    async def main():
        tasks = [create_task(sleep(10, 'a')), create_task(sleep(10, 'b'))]
        all = gather(*map(shield, tasks))
        await sleep(1)
        all.cancel()
        await outcome(log, 'all', all)
        log(await gather(*tasks))

    run(main())


@program('a shield of a gather() protects it as a whole')
def _(log):
    async def main():
        all = gather(sleep(10, 'a'), sleep(10, 'b'))
        outer = shield(all)
        await sleep(1)
        outer.cancel()
        await outcome(log, 'outer', outer)
        await outcome(log, 'all', all)

    run(main())


@program('waitFor() times out, but the task continues')
def _(log):
    async def main():
        task = create_task(sleep(20, 'slept'))
        for i in range(3):
            await outcome(log, f'try {i}', wait_for(shield(task), 8))
        log(get_running_loop().time())

    run(main())


@program('cancelled together with the end of the task, the shield is cancelled')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        outer = shield(future)
        future.set_result('result')
        log(outer.cancel(), outer.cancelled())
        await outcome(log, 'outer', outer)
        await outcome(log, 'future', future)

    run(main())


@program('an error after the cancellation is reported')
def _(log):
    async def main():
        outer = shield(fail(5))
        await sleep(1)
        outer.cancel()
        await outcome(log, 'outer', outer)
        await sleep(10)

    run_reporting(log, main())


@program('an error in the turn of the cancellation is not reported')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        outer = shield(future)
        future.set_exception(Boom())
        outer.cancel()
        await outcome(log, 'outer', outer)
        await sleep(10)

    run_reporting(log, main())


@program('cancelled together with an error of the task, the error counts as read')
def _(log):
    async def waiter(task):
        return await shield(task)

    async def main():
        waits = create_task(waiter(create_task(fail(5))))
        await sleep(0)
        get_running_loop().call_later(5, waits.cancel)
        await outcome(log, 'waiter', waits)
        await sleep(5)

    run_reporting(log, main())


@program('run() cancels at its end what a shield has left running')
def _(log):
    async def inside():
        await outcome(log, 'inside', sleep(100))

    async def main():
        outer = shield(inside())
        await sleep(1)
        outer.cancel()
        await outcome(log, 'outer', outer)

    run(main())


@program('an eager coroutine that ends at once needs no shield')
def _(log):
    async def inside():
        return 'at once'

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        outer = shield(inside())
        log(outer.done(), outer.cancel())
        await outcome(log, 'outer', outer)

    run(main())


@program('several may wait for a shield, and one of them cancelled cancels it for all')
def _(log):
    async def main():
        task = create_task(sleep(10, 'slept'))
        outer = shield(task)
        one, two = create_task(outcome(log, 'one', outer)), create_task(outcome(log, 'two', outer))
        await sleep(1)
        one.cancel()
        await wait([one, two])
        await outcome(log, 'task', task)

    run(main())
