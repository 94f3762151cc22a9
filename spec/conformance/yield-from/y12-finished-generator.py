"""Y12: In a finished generator `next()` raises StopIteration, `throw()` raises its error, and `close()` does
nothing (PEP 342).
"""
from inspect import getgeneratorstate

from programs import program
from steps import WAYS, attempt, enter, step


@program('a generator that returned, in all five ways, repeatedly')
def _(log):
    def inner():
        yield 1
        return 'result'

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    for way in WAYS + WAYS:
        enter(log, way, g)
    log(getgeneratorstate(g))


@program('a generator that was ended by an error, in all five ways')
def _(log):
    def inner():
        yield 1
        raise ValueError('mine')

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    for way in WAYS:
        enter(log, way, g)
    log(getgeneratorstate(g))


@program('an error before the start finishes it without running it')
def _(log):
    def inner():
        try:
            log('never here')
            yield 1
        except ValueError as error:
            log('never here', error)

    g = inner()
    step(log, lambda: g.throw(ValueError('mine')))
    log(getgeneratorstate(g))
    for way in WAYS:
        enter(log, way, g)


@program('the error comes back as it is, without a wrapper')
def _(log):
    mine = ValueError('mine')

    def inner():
        yield 1

    g = inner()
    for _ in range(3):
        try:
            g.throw(mine)
        except ValueError as error:
            log(error is mine)


@program('a loop, a list and a delegation get nothing from it')
def _(log):
    def inner():
        yield 1
        return 'result'

    def outer():
        log('outer got', (yield from g))
        for value in g:
            log('never here', value)
        log(list(g))
        yield 'end'

    g = inner()
    log(list(g))
    log(list(outer()))


@program('a delegator whose delegate was finished by somebody else gets None from next and send')
def _(log):
    def inner():
        yield 1
        yield 2
        return 'result'

    def outer(sub):
        log('outer got', (yield from sub))
        yield 'after'

    for way in ('next', 'send'):
        sub = inner()
        g = outer(sub)
        step(log, lambda: next(g))
        log(list(sub))
        enter(log, way, g)
        enter(log, way, g)


@program('a delegator whose delegate was finished by somebody else gets the thrown error, and GeneratorExit')
def _(log):
    def inner():
        try:
            yield 1
        except ValueError as error:
            log('never here', error)

    def outer(sub):
        try:
            yield from sub
        except BaseException as error:
            log('outer caught', error)
            raise

    for way in ('throw', 'exit', 'close'):
        sub = inner()
        g = outer(sub)
        step(log, lambda: next(g))
        attempt(log, lambda: sub.close())
        enter(log, way, g)
        enter(log, way, g)


@program('an iterator may continue after its end, a generator may not')
def _(log):
    class Reader:
        n = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.n += 1
            if self.n % 2 == 0:
                raise StopIteration
            return self.n

    def inner():
        yield from reader

    reader = Reader()
    g = inner()
    for sub in (reader, reader, g, g):
        log(list(sub))
