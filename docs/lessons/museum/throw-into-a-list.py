def dishes():
    try:
        yield from ['soup', 'cake']
    except Exception as error:
        print('caught', f'Error: {error}')


generator = dishes()
next(generator)
try:
    generator.throw(Exception('the stove is cold'))
except StopIteration:
    pass
