"""Y2: What the sub-iterator yields passes out unchanged."""
from programs import program
from steps import step


@program('the same object comes out three levels up')
def _(log):
    thing = object()

    def inner():
        yield thing

    def middle():
        yield from inner()

    def outer():
        yield from middle()

    log(next(outer()) is thing)


@program('None, False, zero and the empty string are values like any other')
def _(log):
    def inner():
        yield None
        yield False
        yield 0
        yield ''
        return 'end'

    def outer():
        log('outer got', (yield from inner()))

    g = outer()
    for _ in range(5):
        step(log, lambda: next(g))


@program('an error that is yielded is a value, and is not raised')
def _(log):
    def inner():
        yield ValueError('mine')
        yield StopIteration(1)
        yield GeneratorExit()

    def outer():
        yield from inner()
        log('outer goes on')

    log(list(outer()))


@program('a list or a generator that is yielded is not iterated')
def _(log):
    def letters():
        yield 'a'
        yield 'b'

    def inner():
        yield [1, 2]
        yield letters()

    def outer():
        yield from inner()

    g = outer()
    step(log, lambda: next(g))
    got = next(g)
    log(list(got))
    step(log, lambda: next(g))


@program('several delegations, and yields between them, come one after the other')
def _(log):
    def inner(start):
        yield start
        yield start + 1

    def outer():
        yield 0
        yield from inner(1)
        yield 3
        yield from inner(4)
        yield from []
        yield from [6, 7]
        yield 8

    log(list(outer()))


@program('the walk of a tree, by recursion')
def _(log):
    tree = [[['a'], 'b'], 'c', [['d', 'e'], [], 'f']]

    def walk(node, depth):
        for child in node:
            if isinstance(child, list):
                yield from walk(child, depth + 1)
            else:
                yield [depth, child]
        return len(node)

    log(list(walk(tree, 0)))


@program('permutations, by recursion')
def _(log):
    def permutations(items):
        if not items:
            yield []
        for i in range(len(items)):
            rest = items[:i] + items[i + 1:]
            yield from prefixed(items[i], rest)

    def prefixed(first, rest):
        for tail in permutations(rest):
            yield [first] + tail

    log(list(permutations(['a', 'b', 'c'])))


@program('a pipeline of generators: each item goes through before the next is made')
def _(log):
    def numbers():
        for n in range(1, 5):
            log('made', n)
            yield n

    def evens(source):
        for n in source:
            if n % 2 == 0:
                yield n

    def squares(source):
        for n in source:
            yield n * n

    def outer():
        yield from squares(evens(numbers()))

    for n in outer():
        log('got', n)
