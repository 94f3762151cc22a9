"""A capacity limiter lends a number of tokens, and knows who has them."""
import math

import trio
from programs import program
from world import attempt, ending, later, nap, now, open_group, run, tell


def report(log, limiter):
    log('borrowed', limiter.borrowed_tokens, 'available', limiter.available_tokens,
        'total', limiter.total_tokens, 'waiting', limiter.statistics().tasks_waiting)


async def worker(log, name, limiter, begin, time):
    """From a moment on, have a token for so long."""
    await trio.sleep(begin)
    async with limiter:
        log(name, 'has one at', now())
        await trio.sleep(time)
    log(name, 'is done at', now())


async def scoped_waiter(log, limiter, scope):
    """Wait for a token in a scope, and log how that ends."""
    with scope:
        await limiter.acquire_on_behalf_of('waiter')
        log('has one')
    tell(log, 'scope', scope)
    report(log, limiter)


@program('as many as there are tokens, and the others wait in line')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(2)
        async with open_group() as group:
            for i, name in enumerate('abcd'):
                group.start_soon(worker, log, name, limiter, i, 10)
            await trio.sleep(5)
            report(log, limiter)
        report(log, limiter)

    run(main)


@program('a task borrows one token and no more')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(3)
        await limiter.acquire()
        await ending(log, 'again', limiter.acquire())
        attempt(log, 'again', limiter.acquire_nowait)
        report(log, limiter)
        limiter.release()
        attempt(log, 'then', limiter.acquire_nowait)

    run(main)


@program('a token that is not borrowed cannot be given back')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        attempt(log, 'release', limiter.release)
        limiter.acquire_on_behalf_of_nowait('somebody')
        attempt(log, 'release', limiter.release)
        attempt(log, 'somebody else', lambda: limiter.release_on_behalf_of('somebody else'))
        attempt(log, 'somebody', lambda: limiter.release_on_behalf_of('somebody'))
        attempt(log, 'again', lambda: limiter.release_on_behalf_of('somebody'))
        report(log, limiter)

    run(main)


@program('without waiting')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(2)
        for borrower in ('a', 'b', 'c'):
            attempt(log, borrower, lambda: limiter.acquire_on_behalf_of_nowait(borrower))
        attempt(log, 'me', limiter.acquire_nowait)
        limiter.release_on_behalf_of('a')
        attempt(log, 'me', limiter.acquire_nowait)
        report(log, limiter)

    run(main)


@program('on behalf of somebody else')
def _(log):
    async def wait(limiter, borrower):
        await limiter.acquire_on_behalf_of(borrower)
        log(borrower, 'has one at', now())

    async def main():
        limiter = trio.CapacityLimiter(1)
        async with open_group() as group:
            await limiter.acquire_on_behalf_of('a')
            group.start_soon(wait, limiter, 'b')
            await trio.sleep(5)
            report(log, limiter)
            limiter.release_on_behalf_of('a')
            report(log, limiter)
        limiter.release_on_behalf_of('b')
        report(log, limiter)

    run(main)


@program('a token goes to the task that waits, not to one that comes along')
def _(log):
    async def wait(limiter):
        await limiter.acquire_on_behalf_of('waiter')
        log('waiter has one at', now())

    async def main():
        limiter = trio.CapacityLimiter(1)
        await limiter.acquire()
        async with open_group() as group:
            group.start_soon(wait, limiter)
            await trio.sleep(5)
            limiter.release()
            report(log, limiter)
            attempt(log, 'me again', limiter.acquire_nowait)
            await trio.sleep(1)
            limiter.release_on_behalf_of('waiter')
            attempt(log, 'me again', limiter.acquire_nowait)

    run(main)


@program('more tokens wake as many waiters')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        async with open_group() as group:
            for i, name in enumerate('abcd'):
                group.start_soon(worker, log, name, limiter, i, 20)
            await trio.sleep(5)
            limiter.total_tokens = 2
            report(log, limiter)
            await trio.sleep(1)
            limiter.total_tokens = 3
            report(log, limiter)

    run(main)


@program('fewer tokens: holders keep theirs, and waiters wait until there are few enough')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(3)
        async with open_group() as group:
            for i, name in enumerate('abcd'):
                group.start_soon(worker, log, name, limiter, i, 10)
            await trio.sleep(5)
            limiter.total_tokens = 1
            report(log, limiter)
            await trio.sleep(5.5)
            report(log, limiter)

    run(main)


@program('any number of tokens')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(math.inf)
        for i in range(100):
            limiter.acquire_on_behalf_of_nowait(i)
        log(limiter.borrowed_tokens, limiter.available_tokens == math.inf, limiter.total_tokens == math.inf)
        limiter.total_tokens = 10
        report(log, limiter)

    run(main)


@program('what is not a number of tokens')
def _(log):
    async def main():
        for tokens in (-1, 1.5, 'two', math.inf):
            attempt(log, tokens == math.inf or tokens, lambda: trio.CapacityLimiter(tokens).borrowed_tokens)
        limiter = trio.CapacityLimiter(2)
        for tokens in (-1, 1.5, 'two'):
            attempt(log, tokens, lambda: setattr(limiter, 'total_tokens', tokens))
        report(log, limiter)

    run(main)


@program('a task cancelled in line leaves it')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        async with open_group() as group:
            group.start_soon(worker, log, 'a', limiter, 0, 20)
            with trio.CancelScope() as scope:
                group.start_soon(later, 5, scope.cancel)
                await worker(log, 'b', limiter, 1, 20)
            tell(log, 'scope', scope)
            report(log, limiter)
            group.start_soon(worker, log, 'c', limiter, 2, 20)

    run(main)


@program('a task cancelled in line does not hold up the others')
def _(log):
    async def impatient(limiter):
        with trio.move_on_after(5):
            await worker(log, 'impatient', limiter, 1, 20)
        log('has gone at', now())

    async def main():
        limiter = trio.CapacityLimiter(1)
        async with open_group() as group:
            group.start_soon(worker, log, 'a', limiter, 0, 20)
            group.start_soon(impatient, limiter)
            group.start_soon(worker, log, 'b', limiter, 2, 20)

    run(main)


@program('cancelled in the moment after it gets the token, it has it')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        scope = trio.CancelScope()
        limiter.acquire_on_behalf_of_nowait('somebody')
        async with open_group() as group:
            group.start_soon(scoped_waiter, log, limiter, scope)
            await trio.sleep(5)
            limiter.release_on_behalf_of('somebody')
            scope.cancel()

    run(main)


@program('cancelled in the moment before it would get the token, it does not have it')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        scope = trio.CancelScope()
        limiter.acquire_on_behalf_of_nowait('somebody')
        async with open_group() as group:
            group.start_soon(scoped_waiter, log, limiter, scope)
            await trio.sleep(5)
            scope.cancel()
            limiter.release_on_behalf_of('somebody')
            report(log, limiter)

    run(main)


@program('the token is given back when the body fails')
def _(log):
    async def body(limiter):
        async with limiter:
            report(log, limiter)
            raise ValueError

    async def main():
        limiter = trio.CapacityLimiter(1)
        await ending(log, 'body', body(limiter))
        report(log, limiter)

    run(main)


@program('the token is given back when the body is cancelled')
def _(log):
    async def main():
        limiter = trio.CapacityLimiter(1)
        with trio.move_on_after(5) as scope:
            async with limiter:
                await nap(log, 'body', 10)
        tell(log, 'scope', scope)
        report(log, limiter)

    run(main)


@program('a limiter inside a limiter')
def _(log):
    async def child(outer, inner, name, begin):
        await trio.sleep(begin)
        async with outer:
            async with inner:
                log(name, 'at', now())
                await trio.sleep(5)

    async def main():
        outer, inner = trio.CapacityLimiter(2), trio.CapacityLimiter(1)
        async with open_group() as group:
            for i, name in enumerate('abc'):
                group.start_soon(child, outer, inner, name, i)
            await trio.sleep(4)
            report(log, outer)
            report(log, inner)

    run(main)
