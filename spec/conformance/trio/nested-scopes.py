"""In nested cancel scopes the error goes up to the outermost one that is cancelled."""
import trio
from failing import Boom
from programs import program, table
from world import ending, later, nap, now, open_group, run, tell


def two():
    return trio.CancelScope(), trio.CancelScope()


def tell_both(log, outer, inner):
    tell(log, 'inner', inner)
    tell(log, 'outer', outer)


@table({
    'the inner one is cancelled: the outer one continues':
        dict(cancelled=['inner']),
    'both are cancelled, the inner one first: the outer one catches the error':
        dict(cancelled=['inner', 'outer']),
    'both are cancelled, the outer one first: the outer one catches the error':
        dict(cancelled=['outer', 'inner']),
    'the outer one is cancelled while the error of the inner one is on its way':
        dict(cancelled=['inner'], meanwhile=['outer']),
    'the inner one is cancelled while the error of the outer one is on its way':
        dict(cancelled=['outer'], meanwhile=['inner']),
})
def _(log, cancelled, meanwhile=()):
    async def main():
        scopes = {'outer': trio.CancelScope(), 'inner': trio.CancelScope()}
        with scopes['outer']:
            with scopes['inner']:
                for name in cancelled:
                    scopes[name].cancel()
                try:
                    await nap(log, 'inside', 5)
                finally:
                    for name in meanwhile:
                        scopes[name].cancel()
            await nap(log, 'between', 5)
        tell_both(log, scopes['outer'], scopes['inner'])

    run(main)


@program('the outer one is cancelled: the error passes the inner one')
def _(log):
    async def main():
        outer, inner = two()
        with outer:
            with inner:
                outer.cancel()
                await nap(log, 'inside', 5)
            log('never')
        tell_both(log, outer, inner)
        await nap(log, 'after', 1)

    run(main)


@program('both are cancelled by somebody else during a wait')
def _(log):
    async def main():
        async with open_group() as group:
            for first in (0, 1):
                outer, inner = two()

                def cancel():
                    for scope in ((outer, inner), (inner, outer))[first]:
                        scope.cancel()

                group.start_soon(later, 5, cancel)
                with outer:
                    with inner:
                        await nap(log, 'inside', 10)
                    log('never')
                tell_both(log, outer, inner)

    run(main)


@program('the outer one is cancelled after the error of the inner one has ended')
def _(log):
    async def main():
        outer, inner = two()
        with outer:
            with inner:
                inner.cancel()
                await nap(log, 'inside', 5)
            outer.cancel()
            log('goes on')
            await nap(log, 'between', 5)
        tell_both(log, outer, inner)

    run(main)


@table({
    'of three, the middle one is cancelled': dict(cancelled='b'),
    'of three, the outermost and the innermost are cancelled': dict(cancelled='ca'),
})
def _(log, cancelled):
    async def main():
        scopes = {name: trio.CancelScope() for name in 'abc'}
        with scopes['a']:
            with scopes['b']:
                with scopes['c']:
                    for name in cancelled:
                        scopes[name].cancel()
                    await nap(log, 'in c', 5)
                log('never')
            await nap(log, 'in a', 5)
        for name, scope in scopes.items():
            tell(log, name, scope)

    run(main)


@program('a scope entered inside a cancelled one')
def _(log):
    async def main():
        outer, inner = two()
        with outer:
            outer.cancel()
            with inner:
                log('the body begins')
                tell(log, 'inner', inner)
                await nap(log, 'inside', 5)
            log('never')
        tell_both(log, outer, inner)

    run(main)


@program('swallowed in the inner one, the error comes again after it')
def _(log):
    async def main():
        outer, inner = two()
        with outer:
            with inner:
                outer.cancel()
                await ending(log, 'inside', trio.sleep(5))
            log('goes on')
            await nap(log, 'between', 5)
        tell_both(log, outer, inner)

    run(main)


@program('an inner one that was cancelled and has ended is forgotten')
def _(log):
    async def main():
        outer = trio.CancelScope()
        with outer:
            for i in range(3):
                with trio.CancelScope() as inner:
                    inner.cancel()
                    await nap(log, 'inside', 5)
                await nap(log, 'between', 1)
                tell(log, i, inner)
        tell(log, 'outer', outer)

    run(main)


@program('an error in the inner one replaces the cancellation for both')
def _(log):
    async def body(outer, inner):
        with outer:
            with inner:
                try:
                    outer.cancel()
                    await nap(log, 'inside', 5)
                finally:
                    raise Boom

    async def main():
        outer, inner = two()
        await ending(log, 'body', body(outer, inner))
        tell_both(log, outer, inner)

    run(main)


@program('an error between the scopes replaces the cancellation')
def _(log):
    async def body(outer, inner):
        with outer:
            try:
                with inner:
                    outer.cancel()
                    await nap(log, 'inside', 5)
            except trio.Cancelled:
                raise Boom

    async def main():
        outer, inner = two()
        await ending(log, 'body', body(outer, inner))
        tell_both(log, outer, inner)

    run(main)


@program('swallowing the error between the scopes leaves the outer one uncaught')
def _(log):
    async def main():
        outer, inner = two()
        with outer:
            try:
                with inner:
                    outer.cancel()
                    await nap(log, 'inside', 5)
            except trio.Cancelled:
                log('swallowed')
        tell_both(log, outer, inner)
        await nap(log, 'after', 1)

    run(main)


@program('the scopes of two tasks are independent')
def _(log):
    async def child(name, scope):
        with scope:
            await nap(log, name, 10)
        tell(log, name, scope)

    async def main():
        a, b = two()
        async with open_group() as group:
            group.start_soon(child, 'a', a)
            group.start_soon(child, 'b', b)
            await trio.sleep(5)
            a.cancel()
        log('over at', now())

    run(main)


@program('a scope may be cancelled by a task in another scope')
def _(log):
    async def child(outer, inner):
        with inner:
            await trio.sleep(3)
            outer.cancel()
            await nap(log, 'child', 10)
        tell(log, 'inner', inner)

    async def main():
        outer, inner = two()
        async with open_group() as group:
            group.start_soon(child, outer, inner)
            with outer:
                await nap(log, 'main', 10)
            tell(log, 'outer', outer)

    run(main)


@program('a hundred scopes')
def _(log):
    async def nest(depth, scopes):
        with trio.CancelScope() as scope:
            scopes.append(scope)
            if depth > 0:
                await nest(depth - 1, scopes)
            else:
                scopes[30].cancel()
                scopes[60].cancel()
                await nap(log, 'inside', 5)

    async def main():
        scopes = []
        await nest(99, scopes)
        log([i for i, scope in enumerate(scopes) if scope.cancel_called])
        log([i for i, scope in enumerate(scopes) if scope.cancelled_caught])

    run(main)
