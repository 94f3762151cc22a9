"""R12, messages: the message of `cancel()` arrives where the task waits, and comes back with the error."""
from asyncio import CancelledError, create_task, get_running_loop, sleep, wait

from programs import program
from virtual import run
from witness import message, outcome


@program('the message arrives at the innermost wait, and comes back through the chain')
def _(log):
    async def inner():
        try:
            await sleep(100)
        except CancelledError as error:
            log('inner:', message(error))
            raise

    async def outer(task):
        try:
            await task
        except CancelledError as error:
            log('outer:', message(error))
            raise

    async def main():
        task = create_task(outer(create_task(inner())))
        await sleep(1)
        task.cancel('time for tea')
        try:
            await task
        except CancelledError as error:
            log('main:', message(error))

    run(main())


@program('a task gives the message once; later errors have none')
def _(log):
    async def main():
        task = create_task(sleep(100))
        await sleep(1)
        task.cancel('once')
        await wait([task])
        for _ in range(2):
            try:
                task.result()
            except CancelledError as error:
                log(error, message(error))

    run(main())


@program('a future gives its message every time')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        log(future.cancel('always'), future.cancel('too late'))
        for _ in range(2):
            try:
                await future
            except CancelledError as error:
                log(error, message(error))

    run(main())


@program('cancelled twice while it waits, a task gets one error, with the first message')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log(error, message(error))
        await sleep(1)
        return 'undisturbed'

    async def main():
        task = create_task(child())
        await sleep(1)
        log(task.cancel('first'), task.cancel('second'), task.cancelling())
        await outcome(log, 'task', task)

    run(main())


@program('cancelled twice before its start, a task gets the second message')
def _(log):
    async def main():
        task = create_task(sleep(100))
        task.cancel('first')
        task.cancel('second')
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelling())

    run(main())


@program('a new CancelledError replaces the old one for the waiter')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError:
            raise CancelledError('new')

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel('old')
        try:
            await task
        except CancelledError as error:
            log(error, message(error), task.cancelled())

    run(main())


@program('of two that wait for a cancelled task, the first gets the message')
def _(log):
    async def waiter(name, task):
        try:
            await task
        except CancelledError as error:
            log(name, error, message(error))

    async def main():
        task = create_task(sleep(100))
        waiters = [create_task(waiter('one', task)), create_task(waiter('two', task))]
        await sleep(1)
        task.cancel('a message')
        await wait(waiters)

    run(main())
