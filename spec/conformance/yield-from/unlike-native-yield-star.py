"""The rows of the table of differences to JavaScript's yield* that fit none of the numbers."""
from importlib import import_module
from inspect import getgeneratorstate

from programs import program

steps = import_module('yield-from.support.steps')
WAYS, enter, step, attempt = steps.WAYS, steps.enter, steps.step, steps.attempt


@program('close is an error that except sees and may hold back, and not a silent completion')
def _(log):
    def outer():
        for n in (1, 2):
            try:
                yield n
                log('never here')
            except BaseException as error:
                log('outer caught', error)
                break
            finally:
                log('finally')
        log('outer goes on')
        return 'outer result'

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())


@program('a delegate that yields in finally on close: the delegator does not go on as if it had returned')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            log('inner resumed with', (yield 'inner clean-up'))

    def outer():
        try:
            yield from sub
            log('never here')
        finally:
            log('outer leaves')

    sub = inner()
    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g), getgeneratorstate(sub))
    step(log, lambda: next(g))
    step(log, lambda: sub.send('sent'))


@program('the methods of an iterator are looked up at each step')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'first next'

    def second(self):
        return 'second next'

    def send(self, value):
        return ['send', value]

    def throw(self, error):
        return ['throw', error]

    def outer():
        yield from Reader()

    g = outer()
    step(log, lambda: next(g))
    Reader.__next__ = second
    step(log, lambda: next(g))
    Reader.send = send
    step(log, lambda: g.send(1))
    Reader.throw = throw
    step(log, lambda: g.throw(ValueError('mine')))
    del Reader.throw
    step(log, lambda: g.throw(ValueError('mine')))


@program('an iterator with the methods of a generator: what JavaScript calls next(value), throw and return')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return self.send(None)

        def send(self, value):
            log('next', value)
            return 'next'

        def throw(self, error):
            log('throw', error)
            return 'throw'

        def close(self):
            log('close')

    def outer():
        try:
            yield from Reader()
        except GeneratorExit as error:
            log('outer caught', error)
            raise

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))
    step(log, lambda: g.throw(ValueError('mine')))
    attempt(log, lambda: g.close())
    step(log, lambda: next(g))


@program('a value that looks like a result of next, or like an iterator, is a value')
def _(log):
    class Lookalike:
        def __init__(self, label):
            self.label = label
            self.value = 'inside'
            self.done = True

        def __next__(self):
            log('never here')

    def inner():
        log('inner got', (yield Lookalike('yielded')))
        return Lookalike('returned')

    def outer():
        log('outer got', (yield from inner()))

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(Lookalike('sent')))


@program('nine hundred levels deep: values, errors and the close pass them all')
def _(log):
    def down(levels):
        try:
            if levels == 0:
                while True:
                    try:
                        log('bottom got', (yield 'bottom'))
                    except RuntimeError as error:
                        log('bottom caught', error)
            return (yield from down(levels - 1)) + 1
        finally:
            counts[0] += 1

    counts = [0]
    for way in WAYS:
        g = down(900)
        step(log, lambda: next(g))
        step(log, lambda: g.send('sent'))
        enter(log, way, g)
        step(log, lambda: g.throw(ValueError('mine')))
        log('left', counts[0])
        counts[0] = 0


@program('nine hundred levels deep, the result comes back through all of them')
def _(log):
    def down(levels):
        if levels == 0:
            return (yield 'bottom')
        return (yield from down(levels - 1)) + 1

    g = down(900)
    step(log, lambda: next(g))
    step(log, lambda: g.send(100))


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


@program('any level of a chain may be driven directly; those above see where it has got to')
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


@program('what another makes of the shared generator - ends it, fails it, closes it - each at two depths')
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


@program('the middle of a chain is finished by somebody else, in each way: the outermost goes on without it')
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
