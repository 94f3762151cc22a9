"""Y9: `close()` raises GeneratorExit where the generator waits, and returns what the generator then returns
(CPython 3.13).
"""
from inspect import getgeneratorstate

from programs import program
from steps import attempt, step


@program('before the start nothing runs, and the generator is closed')
def _(log):
    def inner():
        try:
            log('never here')
            yield 1
        finally:
            log('never here')

    g = inner()
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())


@program('close() returns what the generator returns on GeneratorExit, and None from then on')
def _(log):
    def inner():
        try:
            yield 1
        except GeneratorExit as error:
            log('inner caught', error)
            return 'inner result'

    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    attempt(log, lambda: g.close())
    step(log, lambda: next(g))


@program('a return in finally counts; a result from before close() does not')
def _(log):
    def forced():
        try:
            yield 1
        finally:
            return 'from finally'

    def finished():
        yield 1
        return 'reached before'

    g = forced()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    g = finished()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())


@program('GeneratorExit, raised again or anew, closes the generator without an error')
def _(log):
    def passing():
        try:
            yield 1
        finally:
            log('passing leaves')

    def renewing():
        try:
            yield 1
        except GeneratorExit:
            raise GeneratorExit('new')

    for make in (passing, renewing):
        g = make()
        step(log, lambda: next(g))
        attempt(log, lambda: g.close())
        log(getgeneratorstate(g))


@program('any other error leaves close(), and the generator is closed')
def _(log):
    def inner():
        try:
            yield 1
        except GeneratorExit:
            raise ValueError('instead')

    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))
    attempt(log, lambda: g.close())


@program('a generator that yields instead gets close() a RuntimeError, and lives on to be closed again')
def _(log):
    def inner():
        while True:
            try:
                log('inner got', (yield 'still here'))
            except GeneratorExit as error:
                log('inner caught', error)
                if stubborn:
                    yield 'no'
                else:
                    return 'at last'

    stubborn = True
    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))
    step(log, lambda: g.send('unheard'))
    step(log, lambda: g.send('heard'))
    stubborn = False
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))


@program('a generator whose clean-up yields by a delegation: RuntimeError, and the clean-up can be finished')
def _(log):
    def cleanup():
        log('cleanup got', (yield 'cleaning'))
        return 'clean'

    def outer():
        try:
            yield 1
        finally:
            log('outer got', (yield from cleanup()))

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(getgeneratorstate(g))
    step(log, lambda: g.send('go on'))
    log(getgeneratorstate(g))


@program('the place where the generator waits decides which finally blocks run')
def _(log):
    def inner():
        try:
            yield 1
            try:
                yield 2
            finally:
                log('inner clean-up')
            yield 3
        finally:
            log('outer clean-up')

    for count in range(5):
        g = inner()
        for _ in range(count):
            step(log, lambda: next(g))
        attempt(log, lambda: g.close())


@program('a handler for one kind of error lets GeneratorExit pass')
def _(log):
    def inner():
        try:
            yield 1
            log('never here')
        except ValueError as error:
            log('inner caught', error)
            yield 2
        log('end')

    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    attempt(log, lambda: g.close())
