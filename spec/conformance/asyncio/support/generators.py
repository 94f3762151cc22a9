"""Asynchronous generators that several programs use; the twin of `generators.ts`."""
from asyncio import sleep

from witness import now


async def numbers(n, pause=None):
    """Gives 0, 1, 2… up to n, each after a pause."""
    for i in range(n):
        if pause is not None:
            await sleep(pause)
        yield i


async def guarded(log, name='generator', pause=None):
    """Gives 0, 1, 2…, and logs when it is left, and the error that it is left with."""
    i = 0
    try:
        while True:
            yield i
            i += 1
    except BaseException as error:
        if pause is not None:
            await sleep(pause)
        log(name, 'leaves at', now(), 'with', error)
        raise
