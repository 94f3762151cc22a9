"""Y13: `throw()` takes an error, or a class of errors, which stands for a new instance; anything else is a
TypeError (PEP 342).
"""
from inspect import getgeneratorstate

from programs import program
from steps import step


@program('a class makes a new instance each time, an instance stays itself')
def _(log):
    def inner():
        seen = []
        while True:
            try:
                yield len(seen)
            except TypeError as error:
                log('inner caught', error, error is mine, error in seen)
                seen.append(error)

    mine = TypeError('mine')
    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(TypeError))
    step(log, lambda: g.throw(TypeError))
    step(log, lambda: g.throw(mine))
    step(log, lambda: g.throw(mine))


@program('a class of the program is instantiated without arguments')
def _(log):
    class Oops(Exception):
        def __init__(self, word='default'):
            super().__init__(word)
            self.word = word

    def inner():
        for _ in range(2):
            try:
                yield 'ready'
            except Oops as error:
                log('inner caught', error, error.word)

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(Oops))
    step(log, lambda: g.throw(Oops('given')))


@program('anything else is refused with TypeError, and the generator is as before')
def _(log):
    class Plain:
        pass

    def inner():
        try:
            yield 1
        except TypeError as error:
            log('never here', error)
        yield 2

    g = inner()
    step(log, lambda: next(g))
    for thing in (5, 'text', None, ['a list'], Plain, Plain()):
        step(log, lambda: g.throw(thing))
    log(getgeneratorstate(g))
    step(log, lambda: next(g))


@program('anything else is refused before the start and after the end too')
def _(log):
    def inner():
        yield 1

    g = inner()
    step(log, lambda: g.throw(5))
    log(getgeneratorstate(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: g.throw(5))
    log(getgeneratorstate(g))


@program('if the constructor of the class fails, its error is thrown instead')
def _(log):
    class Fussy(Exception):
        def __init__(self):
            raise ValueError('fussy')

    def inner():
        try:
            yield 1
        except ValueError as error:
            log('inner caught', error)
        yield 2

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(Fussy))
    step(log, lambda: next(g))


@program('a class goes through delegators, and each level sees the same instance')
def _(log):
    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except TypeError as error:
            seen.append(error)
            log(depth, 'caught', error, error is seen[0])
            raise

    seen = []
    g = level(1)
    step(log, lambda: next(g))
    step(log, lambda: g.throw(TypeError))


@program('an error of any kind may be thrown, even one outside the class Exception')
def _(log):
    class Leave(BaseException):
        pass

    def inner():
        while True:
            try:
                yield 'ready'
            except Exception as error:
                log('inner caught', error)
            finally:
                log('finally')

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(Exception('mine')))
    step(log, lambda: g.throw(AttributeError('mine')))
    step(log, lambda: g.throw(Leave('mine')))
