"""Y1: `yield from` calls `iter()` on its expression once, and begins with `next()`."""
from programs import program
from steps import attempt, step


@program('a list, a string and an iterator give their items')
def _(log):
    def outer():
        yield from [1, 2]
        yield from 'ab'
        yield from iter([3, 4])
        yield from []

    log(list(outer()))


@program('iter is called once, and next before anything is sent')
def _(log):
    class Source:
        def __iter__(self):
            log('iter')
            return Reader()

    class Reader:
        def __iter__(self):
            log('never here')
            return self

        def __next__(self):
            log('next')
            return 'from next'

        def send(self, value):
            log('send', value)
            return 'from send'

    def outer():
        log('outer got', (yield 'first'))
        yield from Source()

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.send(1))
    step(log, lambda: g.send(2))
    step(log, lambda: next(g))


@program('the expression is evaluated when the delegator gets there')
def _(log):
    def inner(word):
        log('inner runs')
        yield word

    def choose():
        log('choosing')
        return inner('chosen')

    def outer():
        log('outer runs')
        yield from choose()

    g = outer()
    log('made')
    step(log, lambda: next(g))


@program('a partly consumed iterator continues from where it is, and is used up')
def _(log):
    items = iter([1, 2, 3, 4])

    def outer():
        log('items give', next(items))
        yield from items

    g = outer()
    step(log, lambda: next(g))
    log('items give', next(items))
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    log(list(items))


@program('an object whose iter is a generator starts afresh for each delegation')
def _(log):
    class Bag:
        def __iter__(self):
            log('begin')
            yield 1
            yield 2
            return 'end'

    def outer():
        bag = Bag()
        log((yield from bag))
        log((yield from bag))

    log(list(outer()))


@program('an object that cannot be iterated is a TypeError at the yield from')
def _(log):
    def outer():
        for thing in (5, None, object()):
            try:
                yield from thing
            except TypeError as error:
                log('outer caught', error)
        yield 'unharmed'

    log(list(outer()))


@program('an error of iter, or an iter that returns no iterator, is raised at the yield from')
def _(log):
    class Broken:
        def __iter__(self):
            raise ValueError('broken')

    class Wrong:
        def __iter__(self):
            return 5

    def outer():
        for thing in (Broken(), Wrong()):
            try:
                yield from thing
            except Exception as error:
                log('outer caught', error)
        yield 'unharmed'

    log(list(outer()))


@program('a generator that is exhausted or closed gives None at once')
def _(log):
    def inner():
        yield 1
        return 'result'

    def outer(sub):
        log('outer got', (yield from sub))
        yield 'after'

    exhausted = inner()
    step(log, lambda: next(exhausted))
    step(log, lambda: next(exhausted))
    log(list(outer(exhausted)))
    closed = inner()
    attempt(log, lambda: closed.close())
    log(list(outer(closed)))


@program('a list that grows during the delegation gives the new items too')
def _(log):
    items = [1, 2]

    def outer():
        yield from items
        items.append('too late')
        yield 'end'

    g = outer()
    step(log, lambda: next(g))
    items.append(3)
    log(list(g))
