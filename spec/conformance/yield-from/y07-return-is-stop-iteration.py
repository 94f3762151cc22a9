"""Y7: From outside, `return v` is `StopIteration(v)`; an iterator may raise that to give `yield from` its value."""
from programs import program
from steps import step


@program('an iterator that raises StopIteration(v) gives v to the delegator')
def _(log):
    class Reader:
        def __init__(self, stop):
            self.stop = stop

        def __iter__(self):
            return self

        def __next__(self):
            raise self.stop

    def outer():
        log('outer got', (yield from Reader(StopIteration(42))))
        log('outer got', (yield from Reader(StopIteration())))
        log('outer got', (yield from Reader(StopIteration([1, 2]))))
        log('outer got', (yield from Reader(StopIteration(ValueError('mine')))))
        return 'outer result'

    g = outer()
    step(log, lambda: next(g))


@program('a subclass of StopIteration does the same')
def _(log):
    class Finished(StopIteration):
        pass

    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            raise Finished('result')

    def outer():
        return (yield from Reader())

    g = outer()
    step(log, lambda: next(g))


@program('the body that returns cannot catch the return, but its finally runs')
def _(log):
    def inner():
        try:
            yield 1
            return 'inner result'
        except BaseException as error:
            log('never here', error)
        finally:
            log('inner leaves')

    def outer():
        try:
            log('outer got', (yield from inner()))
        except BaseException as error:
            log('never here', error)

    log(list(outer()))


@program('a return in finally replaces another return, and an error')
def _(log):
    def inner(fails):
        try:
            yield 1
            if fails:
                raise ValueError('swallowed')
            return 'first'
        finally:
            return 'second'

    def outer():
        log('outer got', (yield from inner(False)))
        log('outer got', (yield from inner(True)))

    log(list(outer()))


@program('driven by hand, a generator shows its result once, and None from then on')
def _(log):
    def inner():
        yield 1
        return 'result'

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: g.send(None))


@program('a loop and a list drop the result, a delegation keeps it')
def _(log):
    def inner():
        yield 1
        return 'result'

    def outer():
        for value in inner():
            yield ['loop', value]
        log(list(inner()))
        return (yield from inner())

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('the values of send and throw end a delegation in the same way')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def send(self, value):
            raise StopIteration(['sent', value])

        def throw(self, error):
            raise StopIteration(['thrown', error])

    def outer():
        log('outer got', (yield from Reader()))
        log('outer got', (yield from Reader()))
        yield 'end'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(5))
    step(log, lambda: g.throw(ValueError('mine')))


@program('an iterator may end more than once, with another value each time')
def _(log):
    class Reader:
        n = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.n += 1
            if self.n % 2 == 0:
                raise StopIteration(self.n)
            return self.n

    def outer():
        reader = Reader()
        log('outer got', (yield from reader))
        log('outer got', (yield from reader))

    log(list(outer()))
