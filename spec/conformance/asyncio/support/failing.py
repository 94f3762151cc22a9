"""Coroutines that fail, and coroutines that take their time to end; the twin of `failing.ts`."""
from asyncio import sleep

from errors import Boom
from witness import now


async def fail(seconds, error=Boom):
    await sleep(seconds)
    raise error


async def cleaning(log, name, seconds):
    """Waits until it is cancelled, and then takes its time."""
    try:
        await sleep(1000)
    finally:
        await sleep(seconds)
        log(name, 'is through at', now())


async def failing_cleanup(seconds, error):
    """Waits until it is cancelled, and fails some time later."""
    try:
        await sleep(1000)
    finally:
        await sleep(seconds)
        raise error
