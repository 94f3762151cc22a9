from contextlib import closing


def tap(name):
    print(name, 'is open')
    try:
        yield 'first drop'
        yield 'second drop'
        print(name, 'is empty')
    finally:
        print(name, 'is shut')


kitchen = tap('the kitchen tap')
print(next(kitchen))
kitchen.close()
try:
    next(kitchen)
except StopIteration:
    print('afterwards, done: true')

with closing(tap('the garden tap')) as drops:
    for drop in drops:
        print(drop)
        break
