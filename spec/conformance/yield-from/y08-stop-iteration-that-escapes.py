"""Y8: A StopIteration that escapes from the body of a generator becomes a RuntimeError (PEP 479)."""
from programs import program
from steps import attempt, step


@program('raised in a body, it becomes a RuntimeError, and is its cause')
def _(log):
    mine = StopIteration(5)

    def inner():
        yield 1
        raise mine

    g = inner()
    step(log, lambda: next(g))
    try:
        next(g)
    except RuntimeError as error:
        log(error, str(error), error.__cause__ is mine)
    step(log, lambda: next(g))


@program('a delegator sees the RuntimeError of its sub-generator, and may catch it')
def _(log):
    def inner():
        yield 1
        raise StopIteration('leak')

    def middle():
        log('never here', (yield from inner()))

    def outer():
        try:
            yield from middle()
        except RuntimeError as error:
            log('outer caught', error, error.__cause__)
        yield 2

    log(list(outer()))


@program('caught in the body that raises it, it is an error like any other')
def _(log):
    def ending():
        raise StopIteration('by hand')

    def outer():
        try:
            ending()
        except StopIteration as stop:
            log('outer caught', stop, stop.value)
        yield 1

    log(list(outer()))


@program('thrown into a body that catches it, it is harmless; otherwise it becomes a RuntimeError')
def _(log):
    mine = StopIteration('mine')

    def inner():
        try:
            yield 1
        except StopIteration as stop:
            log('inner caught', stop is mine)
        yield 2

    g = inner()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(mine))
    step(log, lambda: g.throw(mine))
    step(log, lambda: next(g))


@program('thrown through two delegators, it becomes a RuntimeError in the innermost')
def _(log):
    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except Exception as error:
            log(depth, 'caught', error)
            raise

    g = level(1)
    step(log, lambda: next(g))
    step(log, lambda: g.throw(StopIteration('mine')))


@program('raised while the generator is closed, it becomes a RuntimeError too')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            raise StopIteration('late')

    def outer():
        try:
            yield from inner()
        except RuntimeError as error:
            log('outer caught', error, error.__cause__)
            raise

    g = inner()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())


@program('thrown before the start or after the end, it comes back as it is')
def _(log):
    mine = StopIteration('mine')

    def inner():
        yield 1

    g = inner()
    for _ in range(2):
        try:
            g.throw(mine)
        except Exception as error:
            log(error, error is mine)


@program('thrown at a delegation to an iterator without throw, it ends the delegation')
def _(log):
    def outer():
        try:
            log('outer got', (yield from [1, 2]))
        except Exception as error:
            log('outer caught', error)
            raise
        yield 'after'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(StopIteration('mine')))
    step(log, lambda: next(g))


@program('raised by the close of an iterator, it ends the delegation')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def close(self):
            raise StopIteration('closed')

    def outer():
        try:
            log('outer got', (yield from Reader()))
        except Exception as error:
            log('outer caught', error)
            raise
        return 'outer result'

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
