"""Tasks that want the same thing, and show how they get on; the twin of `crew.ts`."""
from asyncio import create_task, get_running_loop, sleep

from witness import outcome


def start(log, name, awaitable):
    """A task that waits for something, and logs how it ends."""
    return create_task(outcome(log, name, awaitable), name=name)


def line_up(log, ask, *names):
    """Tasks that ask for the same thing, one after the other."""
    return [start(log, name, ask()) for name in names]


async def hold(log, name, lock, ms):
    """Take a lock, hold it for a while, and give it back."""
    async with lock:
        log(name, 'has it at', get_running_loop().time())
        await sleep(ms)


async def turns(count):
    """Let the others have so many turns."""
    for _ in range(count):
        await sleep(0)
