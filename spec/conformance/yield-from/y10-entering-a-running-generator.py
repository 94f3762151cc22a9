"""Y10: Entering a generator that is running, or whose delegate is, raises ValueError and does no harm to it (PEP
255).
"""
from inspect import getgeneratorstate

from programs import program
from steps import WAYS, attempt, enter, step


@program('from its own body, in all five ways')
def _(log):
    def body():
        for way in WAYS:
            enter(log, way, g)
        log('got', (yield 'unharmed'))

    g = body()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))


@program('if not caught, the error ends the generator like any other')
def _(log):
    def body():
        try:
            yield 1
            next(g)
        finally:
            log('leaves')

    g = body()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('from a delegate, into its delegator, in all five ways')
def _(log):
    def inner():
        for way in WAYS:
            enter(log, way, g)
        log('inner got', (yield 'unharmed'))
        return 'inner result'

    def outer():
        log('outer got', (yield from inner()))

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))


@program('from a grandchild, into each level above and into itself')
def _(log):
    def leaf():
        for level in (outer, middle, child):
            log(getgeneratorstate(level))
            for way in WAYS:
                enter(log, way, level)
        yield 'unharmed'

    def delegator(sub):
        yield from sub
        log('goes on')

    child = leaf()
    middle = delegator(child)
    outer = delegator(middle)
    step(log, lambda: next(outer))
    step(log, lambda: next(outer))


@program('a generator that delegates to itself, and two that delegate to each other')
def _(log):
    def delegator(name):
        try:
            yield from targets[name]
        except ValueError as error:
            log(name, 'caught', error, str(error))
            yield 'after'
        log(name, 'ends')

    targets = {}
    self = targets['self'] = delegator('self')
    step(log, lambda: next(self))
    step(log, lambda: next(self))
    first = targets['second'] = delegator('first')
    targets['first'] = delegator('second')
    step(log, lambda: next(first))
    step(log, lambda: next(first))


@program('a delegator of a generator that somebody else runs gets the error at its yield from')
def _(log):
    def inner(way):
        yield 1
        enter(log, way, g)
        yield 2

    def outer(sub):
        try:
            yield from sub
        except ValueError as error:
            log('outer caught', error, str(error))
        yield 'outer goes on'

    for way in WAYS:
        log(way)
        sub = inner(way)
        g = outer(sub)
        step(log, lambda: next(g))
        step(log, lambda: next(sub))
        log(getgeneratorstate(g), getgeneratorstate(sub))
        step(log, lambda: next(sub))


@program('from the clean-up of a delegate, while the delegator is being closed')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            log(getgeneratorstate(g))
            for way in WAYS:
                enter(log, way, g)

    def outer():
        try:
            yield from inner()
        finally:
            log('outer leaves')

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(GeneratorExit))


@program('from the methods of an iterator, into its delegator')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            enter(log, 'next', g)
            return 'next'

        def send(self, value):
            enter(log, 'send', g)
            return 'send'

        def throw(self, error):
            enter(log, 'throw', g)
            return 'throw'

        def close(self):
            enter(log, 'close', g)

    def outer():
        yield from Reader()

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))
    step(log, lambda: g.throw(ValueError('mine')))
    attempt(log, lambda: g.close())


@program('other generators may be driven meanwhile, even one that delegates')
def _(log):
    def leaf(name):
        log(name, 'got', (yield name))

    def other():
        yield from leaf('other')

    def inner():
        second = other()
        step(log, lambda: next(second))
        step(log, lambda: second.send(1))
        log('inner got', (yield 'inner'))

    def outer():
        yield from inner()
        yield from leaf('outer')

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(2))
    step(log, lambda: g.send(3))
