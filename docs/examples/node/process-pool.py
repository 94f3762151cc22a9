from concurrent.futures import ProcessPoolExecutor


def func(value):
    return sum(range(value * 1000))


if __name__ == '__main__':
    pool = ProcessPoolExecutor(max_workers=2)
    print(*pool.map(func, [1, 2, 3, 4, 5]))
    pool.shutdown()
