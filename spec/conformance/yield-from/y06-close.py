"""Y6: `close()` and `throw(GeneratorExit)` close the sub-iterator first; then GeneratorExit is raised in the
delegator.
"""
from programs import program
from steps import attempt, step


@program('three levels see GeneratorExit, the innermost first')
def _(log):
    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except GeneratorExit as error:
            log(depth, 'caught', error)
            raise
        finally:
            log(depth, 'leaves')

    g = level(1)
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    step(log, lambda: next(g))


@program('a sub-generator that returns: the delegator gets GeneratorExit all the same')
def _(log):
    def inner():
        try:
            yield 1
        except GeneratorExit:
            return 'inner result'

    def middle():
        try:
            log('never here', (yield from inner()))
        except GeneratorExit as error:
            log('middle caught', error)
            return 'middle result'

    def outer():
        try:
            log('never here', (yield from middle()))
        except GeneratorExit as error:
            log('outer caught', error)
            return 'outer result'

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())


@program('a sub-generator that raises another error: the delegator gets that error and may recover')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            raise ValueError('instead')

    def outer(recover):
        try:
            yield from inner()
        except ValueError as error:
            log('outer caught', error)
            if not recover:
                raise
        return 'recovered'

    for recover in (False, True):
        g = outer(recover)
        step(log, lambda: next(g))
        attempt(log, lambda: g.close())
        step(log, lambda: next(g))


@program('a sub-generator that yields: the delegator gets RuntimeError, and the sub-generator lives on')
def _(log):
    def inner():
        try:
            yield 1
        except GeneratorExit:
            yield 2
        yield 3

    def outer(sub):
        try:
            yield from sub
        except RuntimeError as error:
            log('outer caught', error, str(error))
        return 'outer result'

    sub = inner()
    g = outer(sub)
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    step(log, lambda: next(sub))
    step(log, lambda: next(sub))


@program('an iterator without close, or a list, is left as it is, and may be continued')
def _(log):
    items = iter([1, 2, 3])

    def outer():
        try:
            yield from items
        except GeneratorExit as error:
            log('outer caught', error)
            raise

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    log(list(items))


@program('an iterator with close: it is called once, its value is dropped, its error is raised')
def _(log):
    class Reader:
        def __init__(self, fails):
            self.fails = fails

        def __iter__(self):
            return self

        def __next__(self):
            return 'ready'

        def throw(self, error):
            log('never here', error)

        def close(self):
            log('close')
            if self.fails:
                raise ValueError('instead')
            return 'dropped'

    def outer(sub):
        try:
            yield from sub
        except BaseException as error:
            log('outer caught', error)
            raise

    for fails in (False, True):
        g = outer(Reader(fails))
        step(log, lambda: next(g))
        attempt(log, lambda: g.close())
        g = outer(Reader(fails))
        step(log, lambda: next(g))
        step(log, lambda: g.throw(GeneratorExit))


@program('throw(GeneratorExit) closes the sub-generators and raises the error itself in the outermost only')
def _(log):
    mine = GeneratorExit('mine')

    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except GeneratorExit as error:
            log(depth, 'caught', error is mine)
            raise

    g = level(1)
    step(log, lambda: next(g))
    step(log, lambda: g.throw(mine))
    step(log, lambda: next(g))


@program('after throw(GeneratorExit) the delegator may yield, after close() it may not')
def _(log):
    def inner():
        try:
            yield 1
        finally:
            log('inner leaves')

    def outer():
        try:
            yield from inner()
        except GeneratorExit as error:
            log('outer caught', error)
        yield from [2, 3]
        return 'outer result'

    g = outer()
    step(log, lambda: next(g))
    step(log, lambda: g.throw(GeneratorExit()))
    step(log, lambda: next(g))
    step(log, lambda: next(g))
    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
    step(log, lambda: next(g))
    step(log, lambda: next(g))


@program('the clean-up of each level may delegate to something that has ended or does not yield')
def _(log):
    def cleanup(name):
        log('cleaning', name)
        return name
        yield

    def inner():
        try:
            yield 1
        finally:
            log('cleaned', (yield from cleanup('inner')))

    def native():
        try:
            yield from inner()
        finally:
            log('cleaned', (yield from cleanup('native')))

    def outer():
        try:
            yield from native()
        finally:
            log('cleaned', (yield from cleanup('outer')))

    g = outer()
    step(log, lambda: next(g))
    attempt(log, lambda: g.close())
