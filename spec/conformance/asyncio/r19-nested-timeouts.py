"""R19, nested: of several timeouts the one that expires first counts; with equal deadlines, the outermost."""
from asyncio import current_task as self, get_running_loop, sleep, timeout

from programs import program
from virtual import run
from witness import outcome


@program('the inner one may be shorter')
def _(log):
    async def inner_body(inner):
        async with inner:
            await sleep(100)

    async def main():
        outer, inner = timeout(30), timeout(10)
        async with outer:
            await outcome(log, 'inner', inner_body(inner))
            await sleep(10)
        log(outer.expired(), inner.expired(), get_running_loop().time())

    run(main())


@program('the outer one may be shorter')
def _(log):
    async def body(outer, inner):
        async with outer:
            try:
                async with inner:
                    await sleep(100)
            finally:
                log('between', self().cancelling())

    async def main():
        outer, inner = timeout(10), timeout(30)
        await outcome(log, 'outer', body(outer, inner))
        log(outer.expired(), inner.expired(), self().cancelling())

    run(main())


@program('of two with one deadline, the outer one counts')
def _(log):
    async def body(outer, inner):
        async with outer:
            try:
                async with inner:
                    await sleep(100)
            except BaseException as error:
                log('between', error, self().cancelling())
                raise

    async def main():
        outer, inner = timeout(10), timeout(10)
        await outcome(log, 'outer', body(outer, inner))
        log(outer.expired(), inner.expired(), self().cancelling())

    run(main())


@program('of two with a timeout of zero, the outer one counts')
def _(log):
    async def body(outer, inner):
        async with outer:
            async with inner:
                await sleep(100)

    async def main():
        outer, inner = timeout(0), timeout(0)
        await outcome(log, 'outer', body(outer, inner))
        log(outer.expired(), inner.expired(), self().cancelling(), get_running_loop().time())

    run(main())


@program('the outer one may expire while the inner one cleans up')
def _(log):
    async def body(outer, inner):
        async with outer:
            async with inner:
                try:
                    await sleep(100)
                finally:
                    await sleep(50)
                    log('never here')

    async def main():
        outer, inner = timeout(15), timeout(10)
        await outcome(log, 'outer', body(outer, inner))
        log(outer.expired(), inner.expired(), self().cancelling(), get_running_loop().time())

    run(main())


@program('three with one deadline raise one TimeoutError, from the outermost')
def _(log):
    async def body(a, b, c):
        async with a:
            try:
                async with b:
                    async with c:
                        await sleep(100)
            except BaseException as error:
                log(error, self().cancelling())
                raise

    async def main():
        a, b, c = timeout(10), timeout(10), timeout(10)
        await outcome(log, 'outermost', body(a, b, c))
        log([t.expired() for t in (a, b, c)], self().cancelling())

    run(main())


@program('a body that swallows the inner timeout is still subject to the outer one')
def _(log):
    async def body(outer, inner):
        async with outer:
            async with inner:
                await outcome(log, 'first', sleep(100))
                await outcome(log, 'second', sleep(100))
                log('inner body ends at', get_running_loop().time())
            log('after inner', self().cancelling())
            await sleep(100)

    async def main():
        outer, inner = timeout(20), timeout(10)
        await outcome(log, 'outer', body(outer, inner))
        log(outer.expired(), inner.expired(), self().cancelling(), get_running_loop().time())

    run(main())
