"""R14, KeyboardInterrupt: in a task it leaves the loop at once, and is kept in the task."""
from asyncio import create_task, current_task, eager_task_factory, get_running_loop, sleep

from programs import program
from virtual import new_loop, run
from witness import outcome


@program('KeyboardInterrupt in a task leaves the loop at once, and is kept in the task')
def _(log):
    async def child():
        raise KeyboardInterrupt

    loop = new_loop()
    other = loop.create_future()
    task = loop.create_task(child())
    task.add_done_callback(lambda _: log('callback of the task'))
    loop.call_soon(log, 'never in this run')
    try:
        loop.run_until_complete(other)
    except KeyboardInterrupt as error:
        log('out comes', error, task.done(), task.exception())
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


@program('KeyboardInterrupt in the main task leaves run(), after the others were cancelled')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            log('child cleans up')

    async def main():
        task = create_task(child())
        await sleep(1)
        raise KeyboardInterrupt

    run(main())


@program('KeyboardInterrupt in another task leaves run() too, and the main task is cancelled')
def _(log):
    async def child():
        await sleep(1)
        raise KeyboardInterrupt

    async def main():
        await outcome(log, 'main', create_task(child()))
        await outcome(log, 'main', sleep(100))

    run(main())


@program('a subclass of KeyboardInterrupt does the same')
def _(log):
    class Enough(KeyboardInterrupt):
        pass

    async def child():
        raise Enough

    async def main():
        task = create_task(child())
        await outcome(log, 'main', sleep(100))

    run(main())


@program('KeyboardInterrupt in a callback leaves the loop, and no handler gets it')
def _(log):
    def interrupt():
        raise KeyboardInterrupt

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('never here'))
    loop.call_soon(interrupt)
    loop.call_soon(log, 'next')
    try:
        loop.run_forever()
    except KeyboardInterrupt as error:
        log('out comes', error, loop.is_running())
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


@program('a task that catches KeyboardInterrupt keeps it from the loop')
def _(log):
    async def inner():
        raise KeyboardInterrupt

    async def main():
        await outcome(log, 'inner', inner())
        return 'as if nothing had happened'

    log(run(main()))


@program('KeyboardInterrupt of an eager task goes to its creator')
def _(log):
    async def child():
        raise KeyboardInterrupt

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        try:
            create_task(child())
        except KeyboardInterrupt as error:
            log('main catches', error, current_task() is not None)
        await sleep(1)
        return 'main goes on'

    log(run(main()))


@program('KeyboardInterrupt in a done callback leaves the loop too')
def _(log):
    async def main():
        def interrupt(task):
            raise KeyboardInterrupt

        task = create_task(sleep(1))
        task.add_done_callback(interrupt)
        await outcome(log, 'main', sleep(10))

    run(main())
