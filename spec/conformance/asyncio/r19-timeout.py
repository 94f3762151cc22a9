"""R19: At its deadline `timeout()` cancels the current task once, and turns that CancelledError into a
TimeoutError at the end of the body.
"""
from asyncio import (
    CancelledError, create_task, current_task as self, eager_task_factory, gather, get_running_loop, sleep, timeout,
    timeout_at, wait_for,
)

from errors import Boom
from programs import program
from virtual import new_loop, run
from witness import outcome


@program('in time, nothing happens, and no timer is left behind')
def _(log):
    async def main():
        async with timeout(10) as t:
            await sleep(5)
        log(t.expired(), t.when())
        await sleep(1)
        log(get_running_loop().time())

    run(main())


@program('too late, the body gets a CancelledError, and the code around it a TimeoutError')
def _(log):
    async def body():
        async with timeout(10):
            try:
                await sleep(100)
            except CancelledError as error:
                log('inside', error, self().cancelling())
                raise

    async def main():
        await outcome(log, 'outside', body())
        log(self().cancelling(), get_running_loop().time())

    run(main())


@program('null is no limit, until one is set')
def _(log):
    async def body():
        async with timeout(None) as t:
            log(t.when())
            await sleep(100)
            t.reschedule(120)
            log(t.when())
            await sleep(100)

    async def main():
        await outcome(log, 'body', body())
        log(get_running_loop().time())

    run(main())


@program('a timeout of zero fires at the first wait, and not before')
def _(log):
    async def body(ms, waits):
        async with timeout(ms) as t:
            log('inside', t.expired())
            if waits:
                await sleep(0)
            log('still inside', t.expired())

    async def main():
        await outcome(log, 'does not wait', body(0, False))
        await outcome(log, 'waits', body(0, True))
        await outcome(log, 'less than none', body(-5, True))

    run(main())


@program('timeoutAt() takes a time of the loop')
def _(log):
    async def body(when):
        async with timeout_at(when) as t:
            log(t.when())
            await sleep(20)

    async def main():
        await sleep(7)
        for when in [15, 10, 40, None]:
            await outcome(log, f'until {when or 'the end'}', body(when))
            log(get_running_loop().time())

    run(main())


@program('the deadline can be postponed')
def _(log):
    async def body():
        async with timeout(10) as t:
            await sleep(5)
            t.reschedule(30)
            await sleep(20)
            t.reschedule(None)
            await sleep(20)
            log(t.when(), t.expired())

    async def main():
        await outcome(log, 'body', body())
        log(get_running_loop().time())

    run(main())


@program('the deadline can be moved closer, even into the past')
def _(log):
    async def body(when):
        async with timeout(100) as t:
            await sleep(5)
            t.reschedule(when)
            log('not yet')
            await sleep(50)

    async def main():
        for when in [8, 10]:
            await outcome(log, f'until {when}', body(when))
            log(get_running_loop().time())

    run(main())


@program('the deadline can be moved inside the body only')
def _(log):
    async def reschedule(t):
        t.reschedule(100)

    async def main():
        t = timeout(10)
        await outcome(log, 'before', reschedule(t))
        async with t:
            await outcome(log, 'inside', reschedule(t))
        await outcome(log, 'after', reschedule(t))
        async with timeout(1) as short:
            await outcome(log, 'sleep', sleep(10))
            await outcome(log, 'expired', reschedule(short))

    run(main())


@program('it can be used once')
def _(log):
    async def enter(t):
        async with t:
            log('never here')

    async def main():
        t = timeout(10)
        async with t:
            await outcome(log, 'inside itself', enter(t))
        await outcome(log, 'again', enter(t))

    run(main())


@program('it needs a task')
def _(log):
    loop = new_loop()

    def enter():
        try:
            timeout_at(10).__aenter__().send(None)
        except RuntimeError as error:
            log(error)

    enter()
    loop.call_soon(enter)
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


@program('a body that swallows the cancellation ends normally, but the timeout has expired')
def _(log):
    async def main():
        async with timeout(10) as t:
            await outcome(log, 'sleep', sleep(100))
            log(t.expired(), self().cancelling())
            await sleep(5)
        log(t.expired(), self().cancelling(), get_running_loop().time())

    run(main())


@program('another error raised instead passes')
def _(log):
    async def body():
        async with timeout(10):
            try:
                await sleep(100)
            except CancelledError:
                raise Boom

    async def main():
        await outcome(log, 'body', body())
        log(self().cancelling())

    run(main())


@program('an error before the deadline passes')
def _(log):
    async def body(t):
        async with t:
            raise Boom

    async def main():
        t = timeout(10)
        await outcome(log, 'body', body(t))
        log(t.expired())
        await sleep(20)

    run(main())


@program('the clean-up after the deadline takes its time')
def _(log):
    async def body():
        async with timeout(10):
            try:
                await sleep(100)
            finally:
                await sleep(50)
                log('cleaned up')

    async def main():
        await outcome(log, 'body', body())
        log(get_running_loop().time())

    run(main())


@program('a TimeoutError raised inside is not its own')
def _(log):
    async def main():
        async with timeout(50) as t:
            await outcome(log, 'waitFor', wait_for(sleep(100), 10))
            await sleep(10)
        log(t.expired())

    run(main())


@program('each task has its own limit')
def _(log):
    async def child(ms):
        async with timeout(ms):
            await sleep(15)

    async def main():
        log(await gather(child(10), child(20), child(12), return_exceptions=True))

    run(main())


@program('an eager task has its own limit from its first step')
def _(log):
    async def child():
        async with timeout(5):
            await sleep(100)

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        await outcome(log, 'task', task)
        log(task.cancelling(), self().cancelling(), get_running_loop().time())

    run(main())
