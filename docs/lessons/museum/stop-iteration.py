def careless():
    yield 'working'
    raise StopIteration('by hand')


try:
    for item in careless():
        print(item)
except RuntimeError as error:
    print(f'RuntimeError: {error}')
