import inspect


def inner():
    yield 'working'


def outer():
    yield from inner()


generator = outer()
print(inspect.getgeneratorstate(generator))
next(generator)
print(inspect.getgeneratorstate(generator), generator.gi_yieldfrom.__name__, generator.gi_suspended)
