"""Y5: The return value of the sub-iterator is the value of `yield from`; its error is raised in the delegator."""
from programs import program
from steps import step


@program('the return value of the sub-generator is the value of yield from')
def _(log):
    def inner():
        yield 1
        return 'result'

    def outer():
        log('outer got', (yield from inner()))
        yield 2

    log(list(outer()))


@program('an error of the sub-generator is raised at the yield from')
def _(log):
    def inner():
        yield 1
        raise ValueError

    def outer():
        try:
            yield from inner()
        except ValueError as error:
            log('outer caught', error)
        yield 2

    log(list(outer()))


@program('the sub-generator may end on next, send or throw')
def _(log):
    def inner():
        try:
            return [(yield 1)]
        except ValueError as error:
            return error

    def outer():
        for _ in range(3):
            log('outer got', (yield from inner()))
        yield 2

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: g.send('sent'))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: next(g))


@program('the result may be anything, is neither iterated nor raised, and is None without a return')
def _(log):
    def inner(result):
        yield 'inner'
        return result

    def silent():
        yield 'silent'

    def outer():
        log('outer got', (yield from inner([1, 2])))
        log('outer got', (yield from inner(ValueError('mine'))))
        log('outer got', (yield from inner(StopIteration(5))))
        log('outer got', list((yield from inner(inner('nested')))))
        log('outer got', (yield from silent()))

    log(list(outer()))


@program('results add up through a recursion')
def _(log):
    tree = [1, [2, 3], [[4], [], 5]]

    def total(node):
        if isinstance(node, int):
            yield node
            return node
        result = 0
        for child in node:
            result += yield from total(child)
        return result

    def outer():
        log('total', (yield from total(tree)))

    log(list(outer()))


@program('an error passes the levels from the inside out, and each may replace it')
def _(log):
    def inner():
        yield 1
        raise ValueError('first')

    def middle():
        try:
            yield from inner()
        except ValueError as error:
            log('middle caught', error)
            raise RuntimeError('second')
        finally:
            log('middle leaves')

    def outer():
        try:
            yield from middle()
        except RuntimeError as error:
            log('outer caught', error)
            raise AttributeError('third')

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('a delegator that tries again after an error, until it has a result')
def _(log):
    attempts = []

    def inner():
        attempts.append('attempt')
        yield len(attempts)
        if len(attempts) < 3:
            raise ValueError('again')
        return 'result'

    def outer():
        while True:
            try:
                return (yield from inner())
            except ValueError as error:
                log('outer caught', error)

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('a sub-generator may end, or fail, before its first yield')
def _(log):
    def ending():
        return 'ended'
        yield

    def failing():
        raise ValueError('failed')
        yield

    def outer():
        log('outer got', (yield from ending()))
        try:
            yield from failing()
        except ValueError as error:
            log('outer caught', error)
        return (yield from ending())

    g = outer()
    step(log, lambda: next(g))


@program('an iterator survives an error of its next, and the delegator may continue with it')
def _(log):
    class Reader:
        n = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.n += 1
            if self.n == 2:
                raise ValueError('mine')
            if self.n == 4:
                raise StopIteration('result')
            return self.n

    reader = Reader()

    def outer():
        try:
            yield from reader
        except ValueError as error:
            log('outer caught', error)
        log('outer got', (yield from reader))

    log(list(outer()))
