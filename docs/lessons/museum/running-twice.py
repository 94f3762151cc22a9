def snake():
    try:
        next(generator)
    except ValueError as error:
        print(f'ValueError: {error}')
    yield 'still here'


generator = snake()
print(next(generator))
