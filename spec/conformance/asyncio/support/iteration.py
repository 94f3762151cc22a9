"""One step of an asynchronous generator, logged the same in both languages; the twin of `iteration.ts`."""

# The messages that are a promise; a program's own are single words.
PROMISED = {
    'async generator ignored GeneratorExit',
    'anext(): asynchronous generator is already running',
    'athrow(): asynchronous generator is already running',
    'aclose(): asynchronous generator is already running',
}


async def step(log, awaitable):
    """Log what anext(), asend() or athrow() gives."""
    try:
        log('yields', await awaitable)
    except StopAsyncIteration:
        log('ends')
    except BaseException as error:
        log('throws', error, said(error))


async def close(log, awaitable):
    """Log what aclose() does."""
    try:
        await awaitable
        log('closed')
    except BaseException as error:
        log('not closed', error, said(error))


def said(error):
    """The message of an error, if it is to be compared."""
    message = str(error)
    return message if message in PROMISED or message.isalpha() else '-'
