"""Where `yield from` and JavaScript's own `yield*` differ, apart from the numbered rules."""
from inspect import getgeneratorstate

from programs import program
from steps import attempt, step


@program('close() raises an error that except sees and may suppress; it is not a silent completion')
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


@program('a delegate that yields in finally during close: the delegator does not continue as if it had returned')
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


@program('an iterator with the methods of a generator: next(value), throw and return in JavaScript')
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


@program('a value that looks like a result of next, or like an iterator, is just a value')
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
