def greedy():
    try:
        yield 'working'
    except BaseException as error:
        print('caught', type(error).__name__)
    finally:
        print('finally')


generator = greedy()
next(generator)
print(generator.close())
