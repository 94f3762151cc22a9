def inner():
    got = yield 'inner is ready'
    print('inner got', got)
    return f'twice {got} is {got * 2}'


def outer():
    result = yield from inner()
    print('outer got:', result)


generator = outer()
print(next(generator))
try:
    generator.send(10)
except StopIteration:
    pass
