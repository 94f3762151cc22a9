"""R10, errors: what a task cannot wait for raises an error at that place, and the task may handle it."""
import asyncio

from probes import ticker, turn
from programs import program
from virtual import new_loop, run
from witness import outcome
from yields import yields


@program('a yielded value is an error in the task, one turn later, and the task may continue')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 6)
        for value in (42, 'text', False, [], log):
            try:
                await yields(value)
            except RuntimeError as error:
                log(error)
        await asyncio.sleep(1)
        return 'result'

    log(run(main()))


@program('a yielded future is an error, and is left alone')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        ticker(loop, log, 3)
        future = loop.create_future()
        await outcome(log, 'yield', yields(future))
        log(future.done())
        future.set_result('result')
        await outcome(log, 'yield', yields(future))
        await outcome(log, 'await', future)
        await asyncio.sleep(1)

    run(main())


@program('a yielded generator or task is an error')
def _(log):
    async def child():
        log('child')

    def generator():
        yield 'never'

    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'generator', yields(generator()))
        task = asyncio.create_task(child())
        await outcome(log, 'task', yields(task))
        log(task.done())
        await asyncio.sleep(1)

    run(main())


@program('a task that does not handle a bad yield fails with it')
def _(log):
    async def main():
        try:
            await yields(42)
        finally:
            log('leaves')

    loop = new_loop()
    task = loop.create_task(main())
    turn(loop)
    log(task.done())
    turn(loop)
    log(task.done(), task.exception())
    loop.close()


@program('cancelled before the error of a bad yield arrives, a task gets the CancelledError')
def _(log):
    async def main():
        await outcome(log, 'yield', yields(42))
        return 'result'

    loop = new_loop()
    task = loop.create_task(main())
    turn(loop)
    log(task.cancel('mine'), task.done())
    turn(loop)
    log(task.result())
    loop.close()


@program('a task cannot wait for itself, and may continue')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'itself', asyncio.current_task())
        await asyncio.sleep(1)
        return 'result'

    log(run(main()))


@program('a task cannot wait for the future or task of another loop, and may continue')
def _(log):
    async def child():
        return 'child'

    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        await outcome(log, 'future', future)
        await outcome(log, 'task', task)
        await asyncio.sleep(1)
        return 'result'

    other = new_loop()
    future, task = other.create_future(), other.create_task(child())
    log(run(main()))
    log(other.run_until_complete(task), future.done())
    other.close()


@program('awaiting what cannot be awaited is a TypeError, at once')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 1)
        for nothing in (None, 42, log):
            try:
                await nothing
            except TypeError as error:
                log(error)
        await asyncio.sleep(1)

    run(main())
