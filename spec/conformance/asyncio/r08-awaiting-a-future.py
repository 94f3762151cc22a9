"""R8: Awaiting a done future does not suspend. Otherwise the waiter is woken in the turn after the future is done."""
import asyncio

from probes import attempt, ticker, turn
from programs import program
from virtual import new_loop, run
from witness import message, outcome


@program('a done future gives its result in the same turn')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        future.set_result('result')
        ticker(loop, log, 3)
        log(await future)
        log(await future)
        await asyncio.sleep(1)
        log(await future)

    run(main())


@program('a done future gives its error and its cancellation in the same turn')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        failed, cancelled = loop.create_future(), loop.create_future()
        failed.set_exception(ValueError('mine'))
        cancelled.cancel()
        ticker(loop, log, 2)
        for future in (failed, cancelled, failed, cancelled):
            await outcome(log, 'future', future)
        await asyncio.sleep(1)

    run(main())


@program('a thousand done futures take no turn')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        ticker(loop, log, 2)
        total = 0
        for n in range(1000):
            future = loop.create_future()
            future.set_result(n)
            total += await future
        log(total)
        await asyncio.sleep(1)

    run(main())


@program('a waiter is woken in the turn after, not at once')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        loop.call_soon(lambda: (ticker(loop, log, 3), future.set_result('result'), log('set')))
        log(await future)
        await asyncio.sleep(1)

    run(main())


@program('several tasks are woken in one turn, in the order in which they began to wait')
def _(log):
    async def wait(n):
        log('waits', n)
        log('gets', n, await future)

    async def main():
        tasks = [asyncio.create_task(wait(n)) for n in range(3)]
        await asyncio.sleep(1)
        ticker(loop, log, 2)
        future.set_result('result')
        await asyncio.sleep(1)
        log([task.done() for task in tasks])

    loop = new_loop()
    future = loop.create_future()
    loop.run_until_complete(main())
    loop.close()


@program('all waiters get the same error')
def _(log):
    async def wait(n):
        try:
            await future
        except ValueError as error:
            log(n, error is mine)

    async def main():
        tasks = [asyncio.create_task(wait(n)) for n in range(3)]
        await asyncio.sleep(0)
        future.set_exception(mine)
        await wait(3)
        await asyncio.sleep(1)
        log([task.exception() for task in tasks])

    loop = new_loop()
    future, mine = loop.create_future(), ValueError('mine')
    loop.run_until_complete(main())
    loop.close()


@program('all waiters get the message of a cancellation')
def _(log):
    async def wait(n):
        try:
            await future
        except asyncio.CancelledError as error:
            log(n, message(error))
            raise

    async def main():
        tasks = [asyncio.create_task(wait(n)) for n in range(3)]
        await asyncio.sleep(0)
        future.cancel('mine')
        await asyncio.sleep(1)
        log([task.cancelled() for task in tasks])

    loop = new_loop()
    future = loop.create_future()
    loop.run_until_complete(main())
    loop.close()


@program('a task that begins to wait after the future is done comes before those that are to be woken')
def _(log):
    async def wait(n):
        log('gets', n, await future)

    async def main():
        first = asyncio.create_task(wait(1))
        await asyncio.sleep(0)
        second = asyncio.create_task(wait(2))
        future.set_result('result')
        await wait(0)
        await first
        await second

    loop = new_loop()
    future = loop.create_future()
    loop.run_until_complete(main())
    loop.close()


@program('a future gives the same each time it is awaited')
def _(log):
    async def main():
        things = [1, 2]
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(1, future.set_result, things)
        log([(await future) is things, (await future) is things])
        await asyncio.sleep(1)
        log((await future) is things)

    run(main())


@program('a result is given as it is, even if it is an error or a future')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        values = [
            None, ValueError('mine'), StopIteration(5), loop.create_future(), [1, 2], asyncio.CancelledError(),
        ]
        for value in values:
            done, later = loop.create_future(), loop.create_future()
            done.set_result(value)
            loop.call_soon(later.set_result, value)
            log((await done) is value, (await later) is value)

    run(main())


@program('a done task gives its result in the same turn; its waiters are woken in the turn after its end')
def _(log):
    async def child():
        log('child')
        return 'result'

    async def main():
        task = asyncio.create_task(child())
        ticker(asyncio.get_running_loop(), log, 4)
        log(await task)
        log(await task)
        await asyncio.sleep(0)
        log(await task)

    run(main())


@program('awaiting a coroutine takes no turn of its own, at any depth')
def _(log):
    async def nested(depth):
        if depth == 0:
            await asyncio.sleep(0)
            return 'result'
        return await nested(depth - 1)

    async def main():
        ticker(asyncio.get_running_loop(), log, 3)
        log(await nested(0))
        log(await nested(50))

    run(main())


@program('an object with an iterator of its own can be awaited')
def _(log):
    class Pair:
        def __init__(self, first, second):
            self.first, self.second = first, second

        def __await__(self):
            first = yield from self.first.__await__()
            second = yield from self.second.__await__()
            return [first, second]

    async def main():
        loop = asyncio.get_running_loop()
        first, second = loop.create_future(), loop.create_future()
        loop.call_later(2, first.set_result, 1)
        loop.call_later(1, second.set_result, 2)
        log(await Pair(first, second), loop.time())
        log(await Pair(first, second))
        log(await asyncio.ensure_future(Pair(first, second)))

    run(main())


@program('ensure_future returns a future as it is, and makes a task of a coroutine')
def _(log):
    async def child():
        return 'result'

    async def main():
        future = asyncio.get_running_loop().create_future()
        log(asyncio.ensure_future(future) is future)
        task = asyncio.ensure_future(child())
        log(isinstance(task, asyncio.Task), asyncio.ensure_future(task) is task, task.done())
        log(await task)
        attempt(log, lambda: asyncio.ensure_future(42))
        attempt(log, lambda: asyncio.ensure_future(None))
        attempt(log, lambda: asyncio.ensure_future(child))
        attempt(log, lambda: asyncio.ensure_future(future, loop=other))

    other = new_loop()
    run(main())
    other.close()


@program('a done future of another loop can be awaited')
def _(log):
    async def main():
        await outcome(log, 'finished', finished)
        await outcome(log, 'failed', failed)

    other = new_loop()
    finished, failed = other.create_future(), other.create_future()
    finished.set_result('result')
    failed.set_exception(ValueError('mine'))
    run(main())
    other.close()


@program('KeyboardInterrupt of a future leaves the loop if the waiter lets it pass')
def _(log):
    async def main(future):
        await future

    loop = new_loop()
    future = loop.create_future()
    task = loop.create_task(main(future))
    turn(loop)
    future.set_exception(KeyboardInterrupt())
    attempt(log, lambda: turn(loop))
    log(task.exception())
    loop.close()


@program('a waiter can catch the KeyboardInterrupt of a future')
def _(log):
    async def main(future):
        await outcome(log, 'future', future)
        return 'result'

    loop = new_loop()
    future = loop.create_future()
    loop.call_later(1, future.set_exception, KeyboardInterrupt)
    log(loop.run_until_complete(main(future)))
    loop.close()


@program('a CancelledError set as the error cancels the waiting task, not the future')
def _(log):
    async def main(future):
        await future

    loop = new_loop()
    future = loop.create_future()
    task = loop.create_task(main(future))
    loop.call_later(1, future.set_exception, asyncio.CancelledError)
    attempt(log, lambda: loop.run_until_complete(task))
    log(task.cancelled(), future.cancelled())
    loop.close()


@program('a task woken by one future may wait for the next, and each takes a turn')
def _(log):
    async def main():
        loop = asyncio.get_running_loop()
        futures = [loop.create_future() for _ in range(3)]
        for future in futures:
            loop.call_soon(future.set_result, None)
        ticker(loop, log, 4)
        for future in futures:
            await future
            log('woken')
        future = loop.create_future()
        loop.call_soon(future.set_result, None)
        await future
        log('woken')

    run(main())


@program('the error of a future is raised where it is awaited, and may be handled there')
def _(log):
    async def inner(future):
        try:
            return await future
        except ValueError as error:
            log('inner', error)
            raise AttributeError('second')
        finally:
            log('leaves')

    async def main():
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        loop.call_later(1, future.set_exception, ValueError)
        await outcome(log, 'first time', inner(future))
        await outcome(log, 'second time', inner(future))

    run(main())
