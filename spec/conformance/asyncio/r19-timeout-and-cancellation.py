"""R19, cancelled: a cancellation from elsewhere stays a CancelledError, even at the deadline."""
from asyncio import CancelledError, create_task, current_task as self, gather, get_running_loop, sleep, timeout

from programs import program
from virtual import run
from witness import message, outcome


@program('a CancelledError raised by the body passes')
def _(log):
    async def body(t):
        async with t:
            raise CancelledError

    async def main():
        t = timeout(10)
        await outcome(log, 'body', body(t))
        log(t.expired())

    run(main())


@program('a subclass of CancelledError becomes a TimeoutError too')
def _(log):
    class Mine(CancelledError):
        pass

    async def body():
        async with timeout(10):
            try:
                await sleep(100)
            except CancelledError:
                raise Mine

    async def main():
        await outcome(log, 'body', body())

    run(main())


@program('cancelled from outside before the deadline, it is no timeout')
def _(log):
    async def child(t):
        async with t:
            await sleep(100)

    async def main():
        t = timeout(10)
        task = create_task(child(t))
        await sleep(5)
        task.cancel('from outside')
        try:
            await task
        except CancelledError as error:
            log(error, message(error))
        log(t.expired(), task.cancelling())

    run(main())


@program('cancelled from outside at the deadline, it is cancelled, whichever came first')
def _(log):
    async def child(t):
        async with t:
            await sleep(100)

    async def main():
        for first in (True, False):
            t = timeout(10)
            if first:
                get_running_loop().call_later(10, lambda: task.cancel())
            task = create_task(child(t))
            await sleep(0)
            if not first:
                get_running_loop().call_later(10, lambda: task.cancel())
            await outcome(log, 'task', task)
            log(t.expired(), task.cancelling())

    run(main())


@program('cancelled from outside during the clean-up after the deadline, it is cancelled')
def _(log):
    async def child(t):
        async with t:
            try:
                await sleep(100)
            finally:
                await sleep(10)
                log('never here')

    async def main():
        t = timeout(10)
        task = create_task(child(t))
        await sleep(15)
        task.cancel()
        await outcome(log, 'task', task)
        log(t.expired(), task.cancelling(), get_running_loop().time())

    run(main())


@program('a result that arrives at the deadline is lost')
def _(log):
    async def body(future):
        async with timeout(10):
            log('gets', await future)

    async def main():
        loop = get_running_loop()
        future = loop.create_future()
        loop.call_later(10, future.set_result, 'lost')
        await outcome(log, 'body', body(future))
        log(future.result())

    run(main())


@program('earlier requests do not count')
def _(log):
    async def body():
        async with timeout(10):
            await sleep(100)

    async def main():
        self().cancel()
        await outcome(log, 'sleep', sleep(1))
        log(self().cancelling())
        await outcome(log, 'body', body())
        log(self().cancelling())

    run(main())


@program('a cancellation pending at the entry is delivered inside, and is no timeout')
def _(log):
    async def main():
        t = timeout(10)
        self().cancel('pending')
        try:
            async with t:
                await sleep(100)
        except CancelledError as error:
            log(error, message(error))
        log(t.expired(), self().cancelling())

    run(main())


@program('what the body waits for is cancelled')
def _(log):
    async def child(name):
        await outcome(log, name, sleep(100))

    async def one(task):
        async with timeout(10):
            await task

    async def several():
        async with timeout(10):
            await gather(child('a'), child('b'))

    async def main():
        task = create_task(child('task'))
        await outcome(log, 'one task', one(task))
        await outcome(log, 'gather', several())

    run(main())


@program('uncancel() inside the body does not prevent the TimeoutError')
def _(log):
    async def body():
        async with timeout(10):
            try:
                await sleep(100)
            except CancelledError as error:
                log(error, self().uncancel())
                raise

    async def main():
        await outcome(log, 'body', body())
        log(self().cancelling())

    run(main())
