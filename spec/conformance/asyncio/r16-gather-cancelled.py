"""R16, cancelled: cancelling a `gather()` cancels all its children."""
from asyncio import CancelledError, create_task, gather, get_running_loop, sleep, wait

from errors import Boom
from failing import cleaning, fail
from programs import program
from virtual import run
from witness import message, outcome


@program('it ends with the first child that has ended')
def _(log):
    async def main():
        all = gather(cleaning(log, 'a', 1), cleaning(log, 'b', 3))
        await sleep(1)
        log(all.cancel(), all.done())
        await outcome(log, 'all', all)
        log(get_running_loop().time(), all.cancelled())
        await sleep(5)

    run(main())


@program('with returnExceptions it waits for all children')
def _(log):
    async def main():
        all = gather(cleaning(log, 'a', 1), cleaning(log, 'b', 3), return_exceptions=True)
        await sleep(1)
        all.cancel()
        await outcome(log, 'all', all)
        log(get_running_loop().time())

    run(main())


@program('with returnExceptions it raises the error and gives no results')
def _(log):
    async def child(name):
        await outcome(log, name, sleep(100))

    async def main():
        all = gather(sleep(100), child('b'), return_exceptions=True)
        await sleep(1)
        all.cancel('all of you')
        await outcome(log, 'all', all)
        log(all.cancelled(), all.done())

    run(main())


@program('the message goes to the children and comes back')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError as error:
            log('child:', message(error))
            raise

    async def main():
        all = gather(child(), child())
        await sleep(1)
        all.cancel('all of you')
        try:
            await all
        except CancelledError as error:
            log('main:', message(error))

    run(main())


@program('children that swallow the cancellation do not save it')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        return 'survived'

    async def main():
        tasks = [create_task(child()), create_task(child())]
        all = gather(*tasks)
        await sleep(1)
        all.cancel()
        await outcome(log, 'all', all)
        log([task.result() for task in tasks], all.cancelled())

    run(main())


@program('with returnExceptions it hides the other error of a child')
def _(log):
    async def child():
        try:
            await sleep(100)
        except CancelledError:
            raise Boom

    async def main():
        all = gather(child(), child(), return_exceptions=True)
        await sleep(1)
        all.cancel()
        await outcome(log, 'all', all)

    run(main())


@program('cancelling has no effect when it is done, or when all children are')
def _(log):
    async def main():
        tasks = [create_task(sleep(1, 'a')), create_task(sleep(1, 'b'))]
        await wait(tasks)
        all = gather(*tasks)
        log(all.cancel())
        await outcome(log, 'all', all)
        log(all.cancel())

    run(main())


@program('after the first error, cancelling does not touch the other children')
def _(log):
    async def main():
        other = create_task(sleep(5, 'other'))
        all = gather(other, fail(1, Boom))
        await outcome(log, 'all', all)
        log(all.cancel(), other.cancelling())
        await outcome(log, 'other', other)

    run(main())


@program('cancelling the outer one reaches the children of the inner one')
def _(log):
    async def child(name):
        try:
            await sleep(100)
        finally:
            log(name, 'is cancelled')

    async def main():
        inner = gather(child('a'), child('b'))
        outer = gather(inner, child('c'))
        await sleep(1)
        outer.cancel()
        await outcome(log, 'outer', outer)
        await outcome(log, 'inner', inner)
        log(inner.cancelled(), outer.cancelled())

    run(main())


@program('its waiter may be cancelled while one child is slow to end')
def _(log):
    async def slow():
        try:
            await sleep(100)
        finally:
            await sleep(10)
            log('slow ends at', get_running_loop().time())

    async def parent():
        await gather(slow(), fail(1, Boom), return_exceptions=True)

    async def main():
        task = create_task(parent())
        await sleep(5)
        task.cancel()
        await outcome(log, 'task', task)
        log(get_running_loop().time(), task.cancelled())

    run(main())


@program('cancelling its waiter when all children are done already still cancels')
def _(log):
    async def parent(futures):
        log('never here', await gather(*futures))

    async def main():
        futures = [get_running_loop().create_future(), get_running_loop().create_future()]
        task = create_task(parent(futures))
        await sleep(0)
        for future in futures:
            future.set_result('lost')
        log(task.cancel())
        await outcome(log, 'task', task)

    run(main())


@program('cancelled twice while the children clean up, it interrupts them')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await outcome(log, 'cleanup', sleep(50))

    async def parent():
        await gather(child(), child())

    async def main():
        task = create_task(parent())
        await sleep(1)
        task.cancel()
        await sleep(1)
        log(task.cancel(), task.cancelling())
        await outcome(log, 'task', task)
        log(get_running_loop().time())

    run(main())


@program('a child given three times is cancelled three times')
def _(log):
    async def main():
        task = create_task(sleep(100))
        all = gather(task, task, task)
        await sleep(1)
        all.cancel()
        await outcome(log, 'all', all)
        log(task.cancelling())

    run(main())


@program('with returnExceptions it has the message of the last argument, if that has one')
def _(log):
    async def main():
        for position in (0, 1):
            loop = get_running_loop()
            futures = [loop.create_future(), loop.create_future()]
            all = gather(*futures, return_exceptions=True)
            futures[position].set_result('done')
            all.cancel('a message')
            try:
                await all
            except CancelledError as error:
                log(error, message(error))

    run(main())
