"""In a cancelled scope each wait ends at once with an error, until the body ends; the scope catches the error."""
import trio
from failing import Boom
from programs import program
from world import attempt, ending, later, nap, now, open_group, run, tell


@program('never cancelled, it does nothing')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            await nap(log, 'body', 5)
            tell(log, 'inside', scope)
        tell(log, 'outside', scope)
        log(scope.deadline == float('inf'), scope.shield)

    run(main)


@program('cancelled from inside, the next wait ends, and the body with it')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            log('before')
            scope.cancel()
            log('goes on until it waits')
            tell(log, 'inside', scope)
            await nap(log, 'body', 5)
            log('never')
        tell(log, 'outside', scope)
        await nap(log, 'after', 1)

    run(main)


@program('cancelled, and left without a wait: called, but not caught')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            scope.cancel()
            log('body')
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('cancelled from another task, the wait ends at once')
def _(log):
    async def main():
        async with open_group() as group:
            with trio.CancelScope() as scope:
                group.start_soon(later, 5, scope.cancel)
                await nap(log, 'body', 100)
            tell(log, 'scope', scope)
        log('over at', now())

    run(main)


@program('cancelled before it is entered, the first wait ends')
def _(log):
    async def main():
        scope = trio.CancelScope()
        scope.cancel()
        tell(log, 'before', scope)
        with scope:
            log('the body begins')
            await nap(log, 'body', 5)
        tell(log, 'after', scope)

    run(main)


@program('cancelled before it is entered, and left without a wait')
def _(log):
    async def main():
        scope = trio.CancelScope()
        scope.cancel()
        with scope:
            log('body')
        tell(log, 'after', scope)

    run(main)


@program('each wait in it ends, even in a finally')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            try:
                scope.cancel()
                await nap(log, 'first', 5)
            finally:
                try:
                    await nap(log, 'second', 5)
                finally:
                    await nap(log, 'third', 0)
        tell(log, 'scope', scope)

    run(main)


@program('a body that swallows the error gets it again at the next wait')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            scope.cancel()
            for i in range(3):
                await ending(log, i, trio.sleep(10))
            await nap(log, 'at last', 10)
        tell(log, 'scope', scope)

    run(main)


@program('if the error is swallowed to the end, nothing is caught')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            scope.cancel()
            await ending(log, 'wait', trio.sleep(10))
            log('the body ends')
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('an error raised instead of the cancellation passes')
def _(log):
    async def body(scope):
        with scope:
            scope.cancel()
            try:
                await trio.sleep(10)
            except trio.Cancelled:
                raise Boom

    async def main():
        scope = trio.CancelScope()
        await ending(log, 'body', body(scope))
        tell(log, 'scope', scope)

    run(main)


@program('an error of a finally replaces it too')
def _(log):
    async def body(scope):
        with scope:
            try:
                await nap(log, 'body', 10)
            finally:
                raise Boom

    async def main():
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(later, 5, scope.cancel)
            await ending(log, 'body', body(scope))
            tell(log, 'scope', scope)

    run(main)


@program('an unrelated error passes')
def _(log):
    async def body(scope):
        with scope:
            scope.cancel()
            raise Boom

    async def main():
        scope = trio.CancelScope()
        await ending(log, 'body', body(scope))
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('cancelled twice is cancelled once')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            scope.cancel()
            scope.cancel()
            await nap(log, 'body', 5)
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('cancelled after its end, it only says so')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            await nap(log, 'body', 1)
        scope.cancel()
        tell(log, 'scope', scope)
        await nap(log, 'after', 1)

    run(main)


@program('it can be entered once')
def _(log):
    def enter(scope):
        with scope:
            log('never')

    async def main():
        with trio.CancelScope() as scope:
            attempt(log, 'within itself', lambda: enter(scope))
            await nap(log, 'body', 1)
        attempt(log, 'afterwards', lambda: enter(scope))

    run(main)


@program('all kinds of waits end')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        limiter = trio.CapacityLimiter(1)
        limiter.acquire_on_behalf_of_nowait('somebody')
        lock = trio.Lock()
        waits = {
            'sleep': lambda: trio.sleep(5),
            'short sleep': lambda: trio.sleep(0),
            'event': lambda: trio.Event().wait(),
            'lot': lambda: trio.lowlevel.ParkingLot().park(),
            'send': lambda: sender.send('value'),
            'receive': lambda: receiver.receive(),
            'limiter': lambda: limiter.acquire(),
            'lock': lambda: lock.acquire(),
        }
        async with open_group() as group:
            group.start_soon(hold, lock)
            await trio.sleep(1)
            for name, wait in waits.items():
                with trio.CancelScope() as scope:
                    scope.cancel()
                    await ending(log, name, wait())
        log(limiter.statistics().tasks_waiting, limiter.borrowed_tokens)

    async def hold(lock):
        async with lock:
            await trio.sleep(5)

    run(main)


@program('all kinds of waits that have begun end')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        limiter = trio.CapacityLimiter(1)
        limiter.acquire_on_behalf_of_nowait('somebody')
        lot = trio.lowlevel.ParkingLot()
        waits = {
            'sleep': lambda: trio.sleep(5),
            'event': lambda: trio.Event().wait(),
            'lot': lambda: lot.park(),
            'send': lambda: sender.send('value'),
            'receive': lambda: receiver.receive(),
            'limiter': lambda: limiter.acquire(),
        }
        async with open_group() as group:
            for name, wait in waits.items():
                with trio.CancelScope() as scope:
                    group.start_soon(later, 2, scope.cancel)
                    await ending(log, name, wait())
        log(len(lot), limiter.statistics().tasks_waiting)
        attempt(log, 'send', lambda: sender.send_nowait('value'))
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('the error of one scope is not caught by another that is not cancelled')
def _(log):
    async def cancelled():
        with trio.CancelScope() as scope:
            scope.cancel()
            try:
                await trio.sleep(1)
            except trio.Cancelled as error:
                return error

    async def throw(scope, error):
        with scope:
            raise error

    async def main():
        error = await cancelled()
        other, third = trio.CancelScope(), trio.CancelScope()
        await ending(log, 'other', throw(other, error))
        tell(log, 'other', other)
        third.cancel()
        await ending(log, 'third', throw(third, error))
        tell(log, 'third', third)

    run(main)


@program('a scope in a loop: each turn has its own')
def _(log):
    async def main():
        for i in range(3):
            with trio.CancelScope() as scope:
                if i == 1:
                    scope.cancel()
                await nap(log, i, 2)
            tell(log, i, scope)

    run(main)


@program('a new scope in the finally of a cancelled one')
def _(log):
    async def main():
        with trio.CancelScope() as scope:
            try:
                scope.cancel()
                await nap(log, 'body', 5)
            finally:
                with trio.CancelScope() as cleanup:
                    await nap(log, 'cleanup', 5)
                log('never')
        tell(log, 'scope', scope)
        tell(log, 'cleanup', cleanup)

    run(main)
