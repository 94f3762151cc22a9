def counter():
    count = 0
    try:
        while True:
            count += 1
            yield count
    except GeneratorExit:
        print('counted to', count)
        return 'what the generator says'


generator = counter()
next(generator)
print(generator.close())
