"""R13, cancelled beforehand: a task that is cancelled while it runs cancels what it waits for next."""
from asyncio import CancelledError, create_task, current_task as self, eager_task_factory, get_running_loop, sleep

from programs import program
from virtual import run
from witness import message, outcome


@program('a future that it waits for next is cancelled')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        self().cancel('taken along')
        try:
            await future
        except CancelledError as error:
            log(error, message(error), future.cancelled())

    run(main())


@program('a task that has not begun is cancelled')
def _(log):
    async def child():
        log('never here')

    async def main():
        task = create_task(child())
        self().cancel()
        await outcome(log, 'task', task)
        log(task.cancelled(), task.cancelling(), self().cancelling())

    run(main())


@program('a task that is running is interrupted')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        return 'survived'

    async def main():
        task = create_task(child())
        await sleep(1)
        self().cancel()
        await outcome(log, 'task', task)
        log(self().cancelling())

    run(main())


@program('an eager task that cancels itself and returns is cancelled at once')
def _(log):
    async def child():
        self().cancel()
        return 'lost'

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.done(), task.cancelled())
        await outcome(log, 'task', task)

    run(main())


@program('an eager task that cancels itself gets the error at its first wait')
def _(log):
    async def child():
        self().cancel('myself')
        try:
            await sleep(5)
        except CancelledError as error:
            log(error, message(error), get_running_loop().time())
        await sleep(1)
        return 'result'

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        task = create_task(child())
        log(task.done(), task.cancelling(), self().cancelling())
        await outcome(log, 'task', task)

    run(main())
