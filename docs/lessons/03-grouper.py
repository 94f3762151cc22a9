averages = {}


def averager():
    count = 0
    total = 0
    while True:
        value = yield
        if value is None:
            return total // count
        count += 1
        total += value


def grouper(key):
    while True:
        averages[key] = yield from averager()


measured = {'tea': [60, 80], 'coffee': [90]}
groups = []  # Python closes a generator that nobody holds
for key, values in measured.items():
    group = grouper(key)
    groups.append(group)
    next(group)
    for value in values:
        group.send(value)
    group.send(None)
    print(key, averages[key])
