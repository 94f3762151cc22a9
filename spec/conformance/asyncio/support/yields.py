"""A yield in a coroutine; the twin of `yields.ts`."""
import types


@types.coroutine
def yields(value=None):
    return (yield value)
