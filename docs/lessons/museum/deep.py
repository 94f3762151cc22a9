def native(depth):
    if depth > 0:
        yield from native(depth - 1)
    else:
        yield 'the bottom'


try:
    print(next(native(10_000)))
except RecursionError as error:
    print('RecursionError:', error)
