"""A parking lot is a line of waiting tasks: first come, first served."""
import trio
from programs import program
from trio.lowlevel import ParkingLot
from world import later, now, open_group, run, tell


async def guest(log, name, lot, begin):
    """From a moment on, wait in a lot."""
    await trio.sleep(begin)
    try:
        await lot.park()
    except trio.Cancelled as error:
        log(name, error, 'at', now())
        raise
    log(name, 'goes on at', now())


async def scoped_guest(log, name, lot, begin, scope):
    """The same in a scope, and log what the scope says."""
    with scope:
        await guest(log, name, lot, begin)
    tell(log, 'scope', scope)


def line_up(log, group, lot, names):
    """Guests that come one after the other, at 0, 1, 2…"""
    for i, name in enumerate(names):
        group.start_soon(guest, log, name, lot, i)


@program('they continue in the order in which they came, one by one')
def _(log):
    async def main():
        lot = ParkingLot()
        async with open_group() as group:
            line_up(log, group, lot, 'abc')
            await trio.sleep(5)
            for _ in range(3):
                log(len(lot.unpark()), len(lot))
                await trio.sleep(1)
            log(len(lot.unpark()), len(lot))

    run(main)


@program('several at a time')
def _(log):
    async def main():
        lot, order = ParkingLot(), []

        async def silent(name, begin):
            await trio.sleep(begin)
            await lot.park()
            order.append(name)

        async with open_group() as group:
            for i, name in enumerate('abcde'):
                group.start_soon(silent, name, i)
            await trio.sleep(10)
            for count in (0, 1, 3, 100):
                log(len(lot.unpark(count=count)), len(lot))
                await trio.sleep(1)
                log(sorted(order))

    run(main)


@program('all at once')
def _(log):
    async def main():
        lot, order = ParkingLot(), []

        async def silent(begin):
            await trio.sleep(begin)
            await lot.park()
            order.append(begin)

        async with open_group() as group:
            for i in range(4):
                group.start_soon(silent, i)
            await trio.sleep(10)
            log(len(lot.unpark_all()), len(lot))
            await trio.sleep(1)
            log(sorted(order))
            log(len(lot.unpark_all()))

    run(main)


@program('nobody is there')
def _(log):
    async def main():
        lot, other = ParkingLot(), ParkingLot()
        log(len(lot), len(lot.unpark()), len(lot.unpark_all()))
        lot.repark(other)
        lot.repark_all(other)
        log(len(lot), len(other))

    run(main)


@program('a wake-up without waiters is lost')
def _(log):
    async def main():
        lot = ParkingLot()
        log(len(lot.unpark(count=3)))
        async with open_group() as group:
            group.start_soon(guest, log, 'a', lot, 1)
            group.start_soon(later, 5, lambda: lot.unpark())

    run(main)


@program('a task may come again, behind the others')
def _(log):
    async def twice(lot, name, begin):
        await guest(log, name, lot, begin)
        await guest(log, name, lot, 0)

    async def main():
        lot = ParkingLot()
        async with open_group() as group:
            for i, name in enumerate('ab'):
                group.start_soon(twice, lot, name, i)
            await trio.sleep(5)
            for _ in range(4):
                lot.unpark()
                await trio.sleep(1)
                log(len(lot))

    run(main)


@program('a cancelled task leaves the line')
def _(log):
    async def main():
        lot = ParkingLot()
        async with open_group() as group:
            group.start_soon(guest, log, 'a', lot, 0)
            with trio.move_on_after(5) as scope:
                await guest(log, 'b', lot, 1)
            tell(log, 'scope', scope)
            group.start_soon(guest, log, 'c', lot, 1)
            await trio.sleep(2)
            log(len(lot))
            for _ in range(2):
                lot.unpark()
                await trio.sleep(1)

    run(main)


@program('cancelled in the moment after the wake-up, a task continues')
def _(log):
    async def main():
        lot, scope = ParkingLot(), trio.CancelScope()
        async with open_group() as group:
            group.start_soon(scoped_guest, log, 'a', lot, 0, scope)
            group.start_soon(guest, log, 'b', lot, 1)
            await trio.sleep(5)
            log(len(lot.unpark()))
            scope.cancel()
            await trio.sleep(1)
            log(len(lot))
            lot.unpark()

    run(main)


@program('cancelled in the moment before, the wake-up goes to the next')
def _(log):
    async def main():
        lot, scope = ParkingLot(), trio.CancelScope()
        async with open_group() as group:
            group.start_soon(scoped_guest, log, 'a', lot, 0, scope)
            group.start_soon(guest, log, 'b', lot, 1)
            await trio.sleep(5)
            scope.cancel()
            log(len(lot))
            await trio.sleep(1)
            log(len(lot.unpark()))

    run(main)


@program('moved to another lot, tasks wait behind those that are there')
def _(log):
    async def main():
        here, there = ParkingLot(), ParkingLot()
        async with open_group() as group:
            line_up(log, group, here, 'abc')
            line_up(log, group, there, 'xy')
            await trio.sleep(5)
            here.repark(there)
            log(len(here), len(there))
            here.repark(there, count=1)
            log(len(here), len(there))
            for lot in (here, there, there, there, there, here):
                log(len(lot.unpark()))
                await trio.sleep(1)

    run(main)


@program('several are moved, in order')
def _(log):
    async def main():
        here, there = ParkingLot(), ParkingLot()
        async with open_group() as group:
            line_up(log, group, here, 'abcd')
            await trio.sleep(5)
            here.repark(there, count=0)
            log(len(here), len(there))
            here.repark(there, count=3)
            log(len(here), len(there))
            here.repark(there, count=5)
            log(len(here), len(there))
            for _ in range(4):
                there.unpark()
                await trio.sleep(1)

    run(main)


@program('all are moved')
def _(log):
    async def main():
        here, there = ParkingLot(), ParkingLot()
        async with open_group() as group:
            line_up(log, group, here, 'abc')
            await trio.sleep(5)
            here.repark_all(there)
            log(len(here), len(there), len(here.unpark_all()))
            for _ in range(3):
                there.unpark()
                await trio.sleep(1)

    run(main)


@program('moved, and moved back')
def _(log):
    async def main():
        here, there = ParkingLot(), ParkingLot()
        async with open_group() as group:
            line_up(log, group, here, 'abc')
            await trio.sleep(5)
            here.repark(there)
            there.repark(here)
            log(len(here), len(there))
            for _ in range(3):
                here.unpark()
                await trio.sleep(1)

    run(main)


@program('cancelled in the lot to which it was moved')
def _(log):
    async def main():
        here, there, scope = ParkingLot(), ParkingLot(), trio.CancelScope()
        async with open_group() as group:
            group.start_soon(guest, log, 'a', here, 0)
            group.start_soon(scoped_guest, log, 'b', here, 1, scope)
            group.start_soon(guest, log, 'c', here, 2)
            await trio.sleep(5)
            here.repark_all(there)
            scope.cancel()
            log(len(here), len(there))
            for _ in range(2):
                await trio.sleep(1)
                there.unpark()

    run(main)


@program('each task wakes the next one, as in a lock')
def _(log):
    async def main():
        lot = ParkingLot()

        async def polite(name, begin):
            await guest(log, name, lot, begin)
            await trio.sleep(2)
            lot.unpark()

        async with open_group() as group:
            for i, name in enumerate('abc'):
                group.start_soon(polite, name, i)
            await trio.sleep(5)
            lot.unpark()

    run(main)
