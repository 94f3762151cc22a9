"""G22: A switch may be made at any depth of calls; in JavaScript, along a chain of `yield*`."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


def emit(value):
    """Give a value to whoever asks the generator that the current greenlet serves."""
    getcurrent().parent.switch(value)


def generator(run, *args):
    """A generator of what a greenlet emits."""
    g = greenlet(run)
    value = g.switch(*args)
    while not g.dead:
        yield value
        value = g.switch()


@program('deep inside a recursion')
def _(log):
    def walk(tree):
        left, value, right = tree
        if left is not None:
            walk(left)
        main.switch(value)
        if right is not None:
            walk(right)

    main = getcurrent()
    walker = greenlet(walk)
    value = walker.switch([[None, 1, [None, 2, None]], 3, [[None, 4, None], 5, None]])
    while not walker.dead:
        log(value)
        value = walker.switch()
    log('the end')


@program('inside a generator that another one delegates to')
def _(log):
    def inner():
        log('inner gets', main.switch('from inner'))
        return 'inner is done'
        yield

    def outer():
        log('outer gets', (yield from inner()))

    def run():
        next(outer(), None)
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch())
    log('main gets', g.switch('hello'))


@program('an error thrown in passes every caller on its way up')
def _(log):
    def deep(level):
        try:
            if level == 0:
                main.switch('at the bottom')
            else:
                deep(level - 1)
        except Boom as error:
            log('level', level, 'caught', error)
            if level < 2:
                raise
        finally:
            log('level', level, 'is left')

    main = getcurrent()
    g = greenlet(deep)
    log('main gets', g.switch(3))
    log('main gets', g.throw(Boom))


@program('a generator made of a greenlet')
def _(log):
    def count(n):
        if n > 0:
            count(n - 1)
            emit(n)

    for value in generator(count, 4):
        log(value)
    log(list(generator(count, 3)), list(generator(count, 0)))


@program('generators made of greenlets, nested')
def _(log):
    def permutations(items):
        if len(items) == 0:
            emit('')
        for item in items:
            rest = [other for other in items if other != item]
            for end in generator(permutations, rest):
                emit(item + end)

    log(list(generator(permutations, ['a', 'b', 'c'])))


@program('a generator that has switched away is busy for everybody else')
def _(log):
    def shared():
        log('shared gets', main.switch('from shared'))
        return
        yield

    def run(name):
        try:
            next(generator, None)
        except ValueError as error:
            log(name, 'caught', error)
        return f'{name} is done'

    main = getcurrent()
    generator = shared()
    a = greenlet(run)
    b = greenlet(run)
    log('main gets', a.switch('a'))
    log('main gets', b.switch('b'))
    log('main gets', a.switch('go on'))
