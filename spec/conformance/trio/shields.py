"""A shielded scope keeps out the cancellation of the scopes around it."""
import trio
from programs import program
from world import ending, later, nap, now, open_group, run, tell


@program('a shielded scope waits inside a cancelled one')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            outer.cancel()
            with trio.CancelScope(shield=True) as inner:
                await nap(log, 'shielded', 5)
            await nap(log, 'behind it', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('cleaning up behind a shield, in the finally of a cancelled body')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            try:
                outer.cancel()
                await nap(log, 'body', 5)
            finally:
                with trio.CancelScope(shield=True):
                    await nap(log, 'cleanup', 5)
                await nap(log, 'more', 5)
        tell(log, 'outer', outer)

    run(main)


@program('cleaning up behind a shield, for a limited time')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            try:
                outer.cancel()
                await nap(log, 'body', 5)
            finally:
                with trio.move_on_after(3) as cleanup:
                    cleanup.shield = True
                    await nap(log, 'cleanup', 5)
                log('goes on to the end')
                tell(log, 'cleanup', cleanup)
        tell(log, 'outer', outer)

    run(main)


@program('switched on inside a cancelled scope, it protects later waits')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            with trio.CancelScope() as inner:
                outer.cancel()
                await ending(log, 'before', trio.sleep(5))
                inner.shield = True
                await nap(log, 'shielded', 5)
                inner.shield = False
                await nap(log, 'again', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('switched off inside a cancelled scope, the current wait ends')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.CancelScope() as outer:
                outer.cancel()
                with trio.CancelScope(shield=True) as inner:
                    group.start_soon(later, 3, lambda: setattr(inner, 'shield', False))
                    await nap(log, 'shielded', 10)
            tell(log, 'inner', inner)
            tell(log, 'outer', outer)

    run(main)


@program('switched off before anything is cancelled, nothing ends')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            with trio.CancelScope(shield=True) as inner:
                await nap(log, 'shielded', 5)
                inner.shield = False
                await nap(log, 'not shielded', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('the shield can be read and switched before and after the scope is entered')
def _(log):
    async def main():
        scope = trio.CancelScope(shield=True)
        log(scope.shield)
        scope.shield = False
        log(scope.shield)
        with trio.CancelScope() as outer:
            outer.cancel()
            with scope:
                await ending(log, 'inside', trio.sleep(1))
                scope.shield = True
                log(scope.shield)
                await nap(log, 'shielded', 1)

    run(main)


@program('a shield does not protect against its own scope')
def _(log):
    async def main():
        with trio.CancelScope(shield=True) as scope:
            scope.cancel()
            await nap(log, 'inside', 5)
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('a shielded scope cancelled inside a cancelled one catches its own error')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            outer.cancel()
            with trio.CancelScope(shield=True) as inner:
                inner.cancel()
                await nap(log, 'inside', 5)
            log('goes on')
            await nap(log, 'between', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('a shielded scope has its own deadline')
def _(log):
    async def main():
        with trio.move_on_after(3) as outer:
            with trio.move_on_after(7) as inner:
                inner.shield = True
                await nap(log, 'inside', 20)
            log('goes on at', now())
            await nap(log, 'between', 5)
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('a scope inside a shielded one is shielded with it')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            outer.cancel()
            with trio.CancelScope(shield=True):
                with trio.CancelScope() as inner:
                    await nap(log, 'inside', 5)
            tell(log, 'inner', inner)

    run(main)


@program('a shield inside the cancelled scope; the code in between is not shielded')
def _(log):
    async def main():
        with trio.CancelScope(shield=True) as outer:
            with trio.CancelScope() as middle:
                middle.cancel()
                with trio.CancelScope(shield=True) as inner:
                    await nap(log, 'inside', 5)
                await nap(log, 'in the middle', 5)
            await nap(log, 'outside', 5)
        for name, scope in zip(('outer', 'middle', 'inner'), (outer, middle, inner)):
            tell(log, name, scope)

    run(main)


@program('two shields, and one of them is switched off')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            outer.cancel()
            with trio.CancelScope(shield=True) as a:
                with trio.CancelScope(shield=True) as b:
                    await nap(log, 'both', 5)
                    a.shield = False
                    await nap(log, 'one', 5)
                    b.shield = False
                    await nap(log, 'none', 5)
        tell(log, 'outer', outer)

    run(main)


@program('cancelled during a wait behind a shield, the body gets the error after the shield')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.CancelScope() as outer:
                group.start_soon(later, 3, outer.cancel)
                with trio.CancelScope(shield=True) as inner:
                    await nap(log, 'shielded', 10)
                    tell(log, 'outer', outer)
                await nap(log, 'behind it', 10)
            tell(log, 'inner', inner)
            tell(log, 'outer', outer)

    run(main)


@program('switched on in the moment after the cancellation, it is too late for the current wait')
def _(log):
    async def main():
        def cancel(outer, inner):
            outer.cancel()
            inner.shield = True

        async with open_group() as group:
            with trio.CancelScope() as outer:
                with trio.CancelScope() as inner:
                    group.start_soon(later, 3, lambda: cancel(outer, inner))
                    await ending(log, 'inside', trio.sleep(10))
                    await nap(log, 'shielded', 10)
            tell(log, 'inner', inner)
            tell(log, 'outer', outer)

    run(main)


@program('a scope that became shielded meanwhile does not catch the error of the outer one')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            with trio.CancelScope() as inner:
                try:
                    outer.cancel()
                    await nap(log, 'inside', 5)
                finally:
                    inner.shield = True
            log('never')
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)


@program('a cancelled scope that becomes shielded catches the error, although the outer one is cancelled')
def _(log):
    async def main():
        with trio.CancelScope() as outer:
            with trio.CancelScope() as inner:
                try:
                    outer.cancel()
                    inner.cancel()
                    await nap(log, 'inside', 5)
                finally:
                    inner.shield = True
            log('goes on')
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)

    run(main)
