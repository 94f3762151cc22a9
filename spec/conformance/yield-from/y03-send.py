"""Y3: A sent value goes to the `send()` of the sub-iterator; None goes to `next()`."""
from programs import program
from steps import step


@program('a sent value reaches the innermost of three levels')
def _(log):
    def inner():
        log('inner got', (yield 1))
        log('inner got', (yield 2))
        return 'inner result'

    def middle():
        log('middle got', (yield from inner()))
        log('middle got', (yield 3))

    def outer():
        log('outer got', (yield from middle()))
        log('outer got', (yield 4))

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('a'))
    step(log, lambda: g.send('b'))
    step(log, lambda: g.send('c'))
    step(log, lambda: g.send('d'))


@program('in an iterator with both methods, None goes to next and everything else to send')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'from next'

        def send(self, value):
            log('send', value)
            return 'from send'

    def outer():
        yield from Reader()

    g = outer()
    step(log, lambda: g.send(None))
    step(log, lambda: g.send(None))
    step(log, lambda: g.send(0))
    step(log, lambda: g.send(False))
    step(log, lambda: g.send(''))
    step(log, lambda: next(g))


@program('an iterator without send raises AttributeError in the delegator, which may continue with the same iterator')
def _(log):
    items = iter([1, 2, 3])

    def outer():
        try:
            yield from items
        except AttributeError as error:
            log('outer caught', error)
        yield from items

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('x'))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('the AttributeError is raised in the delegator next to the iterator, and passes on from there')
def _(log):
    def middle():
        try:
            yield from 'abc'
        finally:
            log('middle leaves')

    def outer():
        try:
            yield from middle()
        except AttributeError as error:
            log('outer caught', error)
            raise

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('x'))
    step(log, lambda: next(g))


@program('a value that send returns is yielded, its end is the result, its error is raised')
def _(log):
    class Reader:
        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def send(self, value):
            if value == 'end':
                raise StopIteration('result')
            if value == 'fail':
                raise ValueError('mine')
            return value

    def outer():
        log('outer got', (yield from Reader()))
        try:
            yield from Reader()
        except ValueError as error:
            log('outer caught', error)

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('echo'))
    step(log, lambda: g.send('end'))
    step(log, lambda: g.send('fail'))


@program('a value sent just before a delegation ends is the value of its last yield')
def _(log):
    def inner(name):
        log(name, 'got', (yield name))

    def outer():
        yield from inner('first')
        yield from inner('second')

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))
    step(log, lambda: g.send(2))


@program('sent values pass a delegator in the middle that is written natively')
def _(log):
    def inner():
        log('inner got', (yield 1))
        return (yield 2)

    def native():
        log('native got', (yield 0))
        return (yield from inner())

    def outer():
        log('outer got', (yield from native()))

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send('a'))
    step(log, lambda: g.send('b'))
    step(log, lambda: g.send('c'))


@program('a running average, with a delegator that collects the results')
def _(log):
    def average():
        total = 0
        count = 0
        while True:
            term = yield (total // count if count else None)
            if term is None:
                return [count, total]
            total += term
            count += 1

    def collect(results):
        while True:
            results.append((yield from average()))

    results = []
    g = collect(results)
    step(log, lambda: next(g))
    step(log, lambda: g.send(4))
    step(log, lambda: g.send(10))
    step(log, lambda: next(g))
    step(log, lambda: g.send(-3))
    step(log, lambda: next(g))
    log(results)
