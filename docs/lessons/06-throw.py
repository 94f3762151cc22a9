def worker():
    while True:
        try:
            yield 'the worker works'
        except Exception as error:
            if str(error) != 'a small fault':
                raise
            print('the worker mends it')


def foreman():
    try:
        yield from worker()
    finally:
        print('the foreman goes home')


def owner():
    try:
        yield from foreman()
        return 'all is done'
    except Exception as error:
        return f'the owner gives up: Error: {error}'


works = owner()
print(next(works))
print(works.throw(Exception('a small fault')))
try:
    works.throw(Exception('a great fault'))
except StopIteration as stop:
    print(stop.value)
