def echo():
    print('begun')
    while True:
        yield f'got {yield "ready"}'


try:
    print(echo().send('hello'))
except TypeError as error:
    print('TypeError:', error)
