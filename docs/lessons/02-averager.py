def averager():
    count = 0
    total = 0
    average = 0
    while True:
        value = yield average
        if value is None:
            return f'{count} values, {average} on average'
        count += 1
        total += value
        average = total // count


average = averager()
next(average)
for value in [10, 20, 60]:
    print(average.send(value))
try:
    average.send(None)
except StopIteration as stop:
    print(stop.value)
