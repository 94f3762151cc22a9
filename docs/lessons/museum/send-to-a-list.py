def dishes():
    yield from ['soup', 'cake']


generator = dishes()
print(next(generator))
try:
    print(generator.send('more, please'))
except AttributeError as error:
    print('AttributeError:', error)
