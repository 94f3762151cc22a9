"""R13, `uncancel()`: it takes back one request; without any left, a cancellation that was not delivered yet is
dropped.
"""
from asyncio import CancelledError, create_task, current_task as self, sleep, wait_for

from programs import program
from virtual import run
from witness import message, outcome


@program('uncancel() takes requests back one by one, and never goes below zero')
def _(log):
    async def child():
        await outcome(log, 'sleep', sleep(100))
        log(self().cancelling(), self().uncancel(), self().uncancel(), self().uncancel())

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        task.cancel()
        await task
        log(task.cancelling())

    run(main())


@program('uncancel() to zero drops a request that is not delivered yet')
def _(log):
    async def child():
        self().cancel()
        log(self().uncancel())
        await outcome(log, 'sleep', sleep(1))
        return 'result'

    async def main():
        await outcome(log, 'task', create_task(child()))

    run(main())


@program('with one request left, the cancellation is still delivered')
def _(log):
    async def child():
        self().cancel('first')
        self().cancel('second')
        log(self().uncancel())
        try:
            await sleep(1)
        except CancelledError as error:
            log(error, message(error))

    run(child())


@program('a request taken back before the return leaves the result alone')
def _(log):
    async def child():
        self().cancel()
        self().uncancel()
        return 'result'

    async def main():
        await outcome(log, 'task', create_task(child()))

    run(main())


@program('uncancel() from outside does not stop an error that is on its way')
def _(log):
    async def main():
        task = create_task(sleep(100))
        await sleep(1)
        task.cancel()
        log(task.uncancel())
        await outcome(log, 'task', task)

    run(main())


@program('uncancel() before the start lets the task run after all')
def _(log):
    async def main():
        task = create_task(sleep(1, 'slept'))
        task.cancel()
        log(task.uncancel())
        await outcome(log, 'task', task)

    run(main())


@program('after uncancel() in the handler, the task is as if it was never cancelled')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log(error, self().uncancel())
        return await wait_for(sleep(5, 'slept'), 10)

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await outcome(log, 'task', task)
        log(task.cancelling())

    run(main())
