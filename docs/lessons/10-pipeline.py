def read(lines):
    for line in lines:
        print('read', line)
        yield line


def numbers(lines):
    for line in lines:
        if line != '':
            yield int(line)


def sums(values):
    sum = 0
    for value in values:
        sum += value
        yield sum


for sum in sums(numbers(read(['3', '', '4']))):
    print('the sum is', sum)
