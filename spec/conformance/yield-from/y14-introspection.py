"""Y14: A generator tells its state, its name and what it delegates to (CPython 3.13)."""
from inspect import getgeneratorstate

from programs import program
from steps import attempt, frames, step


@program('its state before the start, while it runs, while it waits and after the end')
def _(log):
    def look(when):
        log(when, getgeneratorstate(g), g.gi_running, g.gi_suspended, g.gi_frame is None)

    def inner():
        look('inside')
        yield 1
        look('inside again')

    g = inner()
    look('before')
    step(log, lambda: next(g))
    look('waiting')
    step(log, lambda: next(g))
    look('after')


@program('its state after an error, after close, and after a close that failed')
def _(log):
    def inner():
        try:
            yield 1
        except ValueError:
            log('handling', getgeneratorstate(g))
            raise
        except GeneratorExit:
            log('exiting', getgeneratorstate(g))
            yield 2
        finally:
            log('leaving', getgeneratorstate(g))

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    log(getgeneratorstate(g))
    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))


@program('its delegate, seen from outside: one after the other, and none in between')
def _(log):
    def inner(name):
        yield name

    def outer():
        yield 'start'
        yield from first
        yield 'between'
        yield from second
        yield 'end'

    first = inner('first')
    second = inner('second')
    g = outer()
    log(g.gi_yieldfrom)
    for _ in range(6):
        step(log, lambda: next(g))
        log(g.gi_yieldfrom is first, g.gi_yieldfrom is second, g.gi_yieldfrom is None)


@program('the names of all generators of a chain, from each of them')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

    def leaf():
        yield from Reader()

    def branch():
        yield from child

    def root():
        yield from middle

    child = leaf()
    middle = branch()
    g = root()
    log(frames(g), frames(middle), frames(child))
    step(log, lambda: next(g))
    log(frames(g), frames(middle), frames(child))
    attempt(log, lambda: g.close())
    log(frames(g), frames(middle), frames(child))


@program('the names along a recursion, as it grows and shrinks')
def _(log):
    tree = ['a', ['b', ['c']], 'd']

    def walk(node):
        for child in node:
            if isinstance(child, list):
                yield from walk(child)
            else:
                yield child

    g = walk(tree)
    for value in g:
        log(value, frames(g))
    log(frames(g))


@program('the delegate is the iterator, not the object that it came from')
def _(log):
    class Bag:
        def __iter__(self):
            return items

    def outer():
        yield from bag
        yield from items

    items = iter([1, 2, 3])
    bag = Bag()
    g = outer()
    step(log, lambda: next(g))
    log(g.gi_yieldfrom is bag, g.gi_yieldfrom is items)
    log(list(items))
    step(log, lambda: next(g))
    log(g.gi_yieldfrom)


@program('while a delegate is driven directly, its delegator waits and still delegates to it')
def _(log):
    def inner():
        log('inside', getgeneratorstate(sub), getgeneratorstate(g))
        yield 1
        log('inside', getgeneratorstate(sub), getgeneratorstate(g), g.gi_yieldfrom is sub)
        yield 2

    def outer():
        yield from sub

    sub = inner()
    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(sub))
    log('waiting', getgeneratorstate(sub), getgeneratorstate(g), g.gi_yieldfrom is sub)
    step(log, lambda: next(sub))
    log('finished', getgeneratorstate(sub), getgeneratorstate(g), g.gi_yieldfrom is sub)
    step(log, lambda: next(g))
    log('after', getgeneratorstate(sub), getgeneratorstate(g), g.gi_yieldfrom is sub)


@program('two generators that delegate to the same one both show it, whoever drives')
def _(log):
    def inner():
        yield 1
        log('inside', getgeneratorstate(first), getgeneratorstate(second), first.gi_yieldfrom is sub)
        yield 2

    def outer():
        yield from sub

    def look():
        log(getgeneratorstate(first), getgeneratorstate(second), getgeneratorstate(sub))
        log(first.gi_yieldfrom is sub, second.gi_yieldfrom is sub)

    sub = inner()
    first = outer()
    second = outer()
    step(log, lambda: next(first))
    look()
    step(log, lambda: next(second))
    look()
    step(log, lambda: next(first))
    look()
    step(log, lambda: next(second))
    look()
