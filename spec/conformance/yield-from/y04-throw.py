"""Y4: A thrown error goes to the `throw()` of the sub-iterator; if it has none, the error is raised in the
delegator.
"""
from programs import program
from steps import step


@program('the innermost of three levels may catch it and continue')
def _(log):
    def inner():
        try:
            yield 1
        except ValueError as error:
            log('inner caught', error)
        yield 2
        return 'inner result'

    def middle():
        log('middle got', (yield from inner()))

    def outer():
        yield from middle()
        yield 3

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('if nobody catches it, it passes all levels from the inside out, as the same object')
def _(log):
    mine = ValueError('mine')

    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except ValueError as error:
            log(depth, 'caught', error is mine)
            raise
        finally:
            log(depth, 'leaves')

    g = level(1)
    step(log, lambda: next(g))
    step(log, lambda: g.throw(mine))
    step(log, lambda: next(g))


@program('a sub-generator that returns because of it ends the delegation with its result')
def _(log):
    def inner():
        try:
            yield 1
        except ValueError:
            return 'recovered'

    def outer():
        log('outer got', (yield from inner()))
        yield 2

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: next(g))


@program('an iterator without throw: the error itself is raised in the delegator, and the iterator is not closed')
def _(log):
    mine = ValueError('mine')

    class Reader:
        def __init__(self):
            self.n = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.n += 1
            return self.n

        def close(self):
            log('never here')

    reader = Reader()

    def outer():
        try:
            yield from reader
        except ValueError as error:
            log('outer caught', error is mine)
        log('reader gives', next(reader))
        yield 'after'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(mine))
    step(log, lambda: next(g))


@program('a list or a string: the error is raised at the yield from, which may catch it and continue')
def _(log):
    items = iter([1, 2, 3])

    def outer():
        for things in (items, 'ab', items):
            try:
                yield from things
            except Exception as error:
                log('outer caught', error)

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.throw(RuntimeError('mine')))
    step(log, lambda: g.throw(Exception('mine')))
    step(log, lambda: next(g))


@program('an iterator with throw: its value is yielded, its end is the result, its error is raised')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def throw(self, error):
            log('throw', error)
            if isinstance(error, AttributeError):
                return 'thrown'
            if isinstance(error, ValueError):
                raise StopIteration('result')
            raise RuntimeError('instead')

    def outer():
        log('outer got', (yield from Reader()))
        try:
            yield from Reader()
        except RuntimeError as error:
            log('outer caught', error)
        yield 'end'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(AttributeError('mine')))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.throw(TypeError('mine')))
    step(log, lambda: next(g))


@program('a clean-up that delegates and yields holds the error back until it is done')
def _(log):
    def cleanup(name):
        log(name, 'got', (yield 'cleaning ' + name))

    def inner():
        try:
            yield 1
        finally:
            yield from cleanup('inner')

    def outer():
        try:
            yield from inner()
        finally:
            yield from cleanup('outer')

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.send('a'))
    step(log, lambda: g.send('b'))
    step(log, lambda: next(g))


@program('an error thrown into the clean-up replaces the one that was held back')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            yield from [2, 3]

    def outer():
        try:
            yield from inner()
        except RuntimeError as error:
            log('outer caught', error)
            yield 'after'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('first')))
    step(log, lambda: g.throw(RuntimeError('second')))
    step(log, lambda: next(g))


@program('a delegator in the middle that is written natively passes errors in both directions')
def _(log):
    def inner():
        try:
            yield 1
        except ValueError as error:
            log('inner caught', error)
        yield 2

    def native():
        try:
            yield from inner()
        except RuntimeError as error:
            log('native caught', error)
        yield 3

    def outer():
        yield from native()

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.throw(RuntimeError('mine')))
    step(log, lambda: g.throw(AttributeError('mine')))
