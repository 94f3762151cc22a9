"""Trio with a clock that skips idle time, and what programs log; the twin of `world.ts`.

One unit of time is called a second there and a millisecond here; programs use the same numbers. Trio runs what is ready
in either order, by chance: so what happens at the same moment must not matter to a program.
"""
from functools import partial

import trio
from programs import show
from trio.testing import MockClock

open_group = partial(trio.open_nursery, strict_exception_groups=True)


def run(main):
    """Run an async function to its end."""
    return trio.run(main, clock=MockClock(autojump_threshold=0))


def now():
    return int(trio.current_time())


async def nap(log, name, time):
    """Sleep, log how that ends, and when."""
    try:
        await trio.sleep(time)
    except BaseException as error:
        log(name, error, 'at', now())
        raise
    log(name, 'has slept until', now())


async def shielded(log, name, time):
    """The same behind a shield."""
    with trio.CancelScope(shield=True):
        await nap(log, name, time)


async def later(time, action):
    """Sleep, and then do something that does not wait."""
    await trio.sleep(time)
    action()


async def ending(log, name, awaitable):
    """Wait for something, and log how it ends, with all that is in a group, and when."""
    try:
        log(name, 'gives', await awaitable, 'at', now())
    except BaseException as error:
        log(name, 'throws', tree(error), 'at', now())


def attempt(log, name, action):
    """Do something that does not wait, and log how it ends."""
    try:
        log(name, 'gives', action())
    except Exception as error:
        log(name, 'throws', error)


def tree(error):
    """An error by its name; a group with all that is in it, in an order of its own."""
    if isinstance(error, BaseExceptionGroup):
        return f'ExceptionGroup[{", ".join(sorted(map(tree, error.exceptions)))}]'
    return show(error)


def tell(log, name, scope):
    """Log what a scope says of itself."""
    log(name, 'called', scope.cancel_called, 'caught', scope.cancelled_caught)
