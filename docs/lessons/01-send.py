def echo():
    said = yield 'ready'
    while said != 'bye':
        said = yield f'you said {said}'
    print('echo is over')


generator = echo()
print(next(generator))
print(generator.send('hello'))
print(generator.send('again'))
try:
    generator.send('bye')
except StopIteration:
    print('done: true')
