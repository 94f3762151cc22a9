"""Y11: Before a generator has started, only None can be sent to it (PEP 342)."""
from inspect import getgeneratorstate

from programs import program
from steps import attempt, step


@program('any other value is refused with TypeError, and the generator is as before')
def _(log):
    def inner():
        log('inner runs')
        log('inner got', (yield 1))

    g = inner()
    step(log, lambda: g.send('early'))
    log(getgeneratorstate(g))
    step(log, lambda: g.send('early'))
    step(log, lambda: next(g))
    step(log, lambda: g.send('in time'))


@program('send(None) starts it, as next() does')
def _(log):
    def inner():
        log('inner got', (yield 1))
        log('inner got', (yield 2))

    g = inner()
    step(log, lambda: g.send(None))
    step(log, lambda: g.send(None))
    step(log, lambda: g.send('sent'))


@program('false values are values')
def _(log):
    def inner():
        yield 1

    g = inner()
    for value in (0, False, '', []):
        step(log, lambda: g.send(value))
    step(log, lambda: next(g))


@program('a delegator that has not started refuses it as well, and does not evaluate its delegate')
def _(log):
    def choose():
        log('choosing')
        return inner()

    def inner():
        log('inner got', (yield 1))

    def outer():
        yield from choose()

    g = outer()
    step(log, lambda: g.send('early'))
    step(log, lambda: next(g))
    step(log, lambda: g.send('in time'))


@program('a delegate is started with next, whatever the delegator was just sent')
def _(log):
    def inner(name):
        log('inner got', (yield name))

    def outer():
        log('outer got', (yield 0))
        yield from inner('first')
        yield from inner('second')

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('a'))
    step(log, lambda: g.send('b'))
    step(log, lambda: g.send('c'))


@program('a generator closed, or ended by an error, before its start is finished and refuses nothing')
def _(log):
    def inner():
        log('never here')
        yield 1

    g = inner()
    attempt(log, lambda: g.close())
    step(log, lambda: g.send('late'))
    g = inner()
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.send('late'))


@program('an iterator that sends a value to an unstarted generator gives the delegator a TypeError')
def _(log):
    class Reader:
        def __init__(self, source):
            self.source = source

        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def send(self, value):
            return self.source.send(value)

    def inner():
        yield 'inner'

    def outer(source):
        try:
            yield from Reader(source)
        except TypeError as error:
            log('outer caught', error)
        log(getgeneratorstate(source))
        yield from source

    g = outer(inner())
    step(log, lambda: next(g))
    step(log, lambda: g.send('early'))
    step(log, lambda: next(g))
