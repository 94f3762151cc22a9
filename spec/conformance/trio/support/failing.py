"""A coroutine that fails; the twin of `failing.ts`."""
import trio


class Boom(Exception):
    pass


async def fail(time, error=Boom):
    await trio.sleep(time)
    raise error
