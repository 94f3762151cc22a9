"""What programs log about groups of errors; the twin of `groups.ts`."""
from programs import show


def tree(error):
    """An error by its name; a group with its message, and all that is in it."""
    if isinstance(error, BaseExceptionGroup):
        return f'{error.message}: [{", ".join(map(tree, error.exceptions))}]'
    return show(error)


async def ending(log, name, awaitable):
    """Wait for something, and log how it ends, with all that is in a group."""
    try:
        log(name, 'gives', await awaitable)
    except BaseException as error:
        log(name, 'throws', tree(error))
