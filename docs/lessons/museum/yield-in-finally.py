def stubborn():
    try:
        yield 'working'
    finally:
        yield 'one moment'
        print('cleaned up')


generator = stubborn()
next(generator)
try:
    print(generator.close())
except RuntimeError as error:
    print('RuntimeError:', error)
try:
    print(next(generator))
except GeneratorExit:
    print('GeneratorExit comes out of next()')
