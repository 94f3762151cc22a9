"""A generator that is driven or finished by somebody else, while one or several generators delegate to it."""
from inspect import getgeneratorstate

from programs import program
from steps import WAYS, attempt, enter, step


@program('two delegators take turns on one generator; one gets its result, the other None')
def _(log):
    def inner():
        log('inner got', (yield 1))
        log('inner got', (yield 2))
        log('inner got', (yield 3))
        return 'result'

    def outer(name):
        log(name, 'got', (yield from sub))
        yield name

    sub = inner()
    first = outer('first')
    second = outer('second')
    step(log, lambda: next(first))
    step(log, lambda: next(second))
    step(log, lambda: first.send('a'))
    step(log, lambda: second.send('b'))
    step(log, lambda: first.send('c'))
    step(log, lambda: next(second))


@program('one generator under two delegators at different depths')
def _(log):
    def inner():
        for n in range(10):
            log('inner got', (yield n))

    def outer(child):
        yield from child

    sub = inner()
    middle = outer(sub)
    deep = outer(middle)
    flat = outer(sub)
    step(log, lambda: next(deep))
    step(log, lambda: next(flat))
    step(log, lambda: deep.send('a'))
    step(log, lambda: middle.send('b'))
    step(log, lambda: sub.send('c'))
    step(log, lambda: flat.send('d'))
    step(log, lambda: deep.send('e'))
    log([getgeneratorstate(g) for g in (sub, middle, deep, flat)])


@program('any level of a chain may be driven directly, and those above see how far it has come')
def _(log):
    def inner():
        for n in range(3):
            log('inner got', (yield ['inner', n]))
        return 'inner result'

    def middle():
        log('middle got', (yield from leaf))
        log('middle got', (yield 'middle'))
        return 'middle result'

    def outer():
        log('outer got', (yield from branch))
        log('outer got', (yield 'outer'))
        return 'outer result'

    leaf = inner()
    branch = middle()
    root = outer()
    step(log, lambda: next(root))
    step(log, lambda: leaf.send('a'))
    step(log, lambda: branch.send('b'))
    step(log, lambda: root.send('c'))
    step(log, lambda: branch.send('d'))
    step(log, lambda: root.send('e'))
    step(log, lambda: root.send('f'))


@program('somebody else ends, fails or closes the shared generator, at two depths')
def _(log):
    def inner():
        yield 1
        try:
            yield 2
        except RuntimeError:
            raise ValueError('failed')
        yield 3

    def outer(name, child):
        try:
            log(name, 'got', (yield from child))
        except BaseException as error:
            log(name, 'caught', error)
            raise
        return name

    for way in WAYS:
        log(way)
        sub = inner()
        middle = outer('middle', sub)
        deep = outer('deep', middle)
        flat = outer('flat', sub)
        step(log, lambda: next(deep))
        step(log, lambda: next(flat))
        enter(log, way, flat)
        enter(log, way, flat)
        log([getgeneratorstate(g) for g in (sub, middle, deep, flat)])
        step(log, lambda: next(deep))
        log([getgeneratorstate(g) for g in (sub, middle, deep, flat)])


@program('somebody else finishes the middle of a chain, in each way, and the outermost continues without it')
def _(log):
    def inner():
        try:
            yield 1
            yield 2
        finally:
            log('inner leaves')

    def middle():
        try:
            yield from leaf
        except GeneratorExit:
            return 'middle result'

    def outer():
        log('outer got', (yield from branch))
        yield 'outer'

    for way in WAYS:
        log(way)
        leaf = inner()
        branch = middle()
        root = outer()
        step(log, lambda: next(root))
        enter(log, way, branch)
        step(log, lambda: next(root))
        log([getgeneratorstate(g) for g in (leaf, branch, root)])


@program('a delegator that has left its delegation leaves the generator alone')
def _(log):
    def inner():
        try:
            yield 1
            step(log, lambda: next(g))
            yield 2
            yield 3
        finally:
            log('inner leaves')

    def outer():
        try:
            yield from sub
        except ValueError as error:
            log('outer caught', error)
        yield 'outer goes on'

    sub = inner()
    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(sub))
    log(getgeneratorstate(g), g.gi_yieldfrom is None)
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g), getgeneratorstate(sub))
    step(log, lambda: next(sub))
    step(log, lambda: next(sub))
