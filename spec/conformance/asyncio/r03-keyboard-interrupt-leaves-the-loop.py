"""R3, KeyboardInterrupt: it leaves the loop at once, and the rest of the turn runs in the next run."""
import asyncio

from probes import attempt, turn
from programs import program
from virtual import new_loop


@program('KeyboardInterrupt leaves the loop at once, and the rest of the turn runs next time')
def _(log):
    loop = new_loop()

    def interrupt():
        log('interrupt')
        raise KeyboardInterrupt

    loop.set_exception_handler(lambda loop, context: log('never'))
    loop.call_soon(log, 'first')
    loop.call_soon(interrupt)
    loop.call_soon(log, 'second')
    loop.call_later(1, loop.stop)
    attempt(log, loop.run_forever)
    log('running', loop.is_running())
    loop.run_forever()
    log('time', loop.time())
    loop.close()


@program('KeyboardInterrupt of a coroutine leaves the loop, and is kept in the task')
def _(log):
    async def main():
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    loop = new_loop()
    task = loop.create_task(main())
    task.add_done_callback(lambda task: log('done callback', task.exception()))
    attempt(log, lambda: loop.run_until_complete(task))
    log(task.done(), task.cancelled())
    turn(loop)
    attempt(log, lambda: loop.run_until_complete(task))
    loop.close()


@program('KeyboardInterrupt of another task: the awaited one continues in the next run')
def _(log):
    async def main():
        await asyncio.sleep(2)
        return 'result'

    async def interrupt():
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    loop = new_loop()
    task, other = loop.create_task(main()), loop.create_task(interrupt())
    attempt(log, lambda: loop.run_until_complete(task))
    log(task.done(), other.exception())
    attempt(log, lambda: loop.run_until_complete(task))
    loop.close()


@program('KeyboardInterrupt in the turn in which the task ends postpones the stop to the next run')
def _(log):
    async def main():
        return 'result'

    def interrupt():
        raise KeyboardInterrupt

    loop = new_loop()
    task = loop.create_task(main())
    loop.call_soon(interrupt)
    attempt(log, lambda: loop.run_until_complete(task))
    log(task.done())
    loop.call_soon(lambda: (log('next run'), loop.call_soon(log, 'the turn after it')))
    loop.run_forever()
    log('stopped')
    turn(loop)
    loop.close()


@program('KeyboardInterrupt forgets a stop of the same turn')
def _(log):
    loop = new_loop()

    def interrupt():
        loop.stop()
        raise KeyboardInterrupt

    loop.call_soon(interrupt)
    loop.call_later(3, loop.stop)
    attempt(log, loop.run_forever)
    loop.run_forever()
    log('time', loop.time())
    loop.close()
