def tap():
    try:
        yield 'drop'
        yield 'another drop'
    finally:
        print('shut')


drops = tap()
for drop in drops:
    print(drop)
    break
print('after the loop:', next(drops, 'nothing more'))
del drops  # CPython closes it now: nobody holds it any more
