from collections import deque


def countdown(name, start):
    for n in range(start, 0, -1):
        print(name, n)
        yield
    print(name, 'is done')


def schedule(jobs):
    ready = deque(jobs)
    while ready:
        job = ready.popleft()
        try:
            next(job)
        except StopIteration:
            continue
        ready.append(job)  # it goes to the end of the queue


schedule([countdown('tea', 2), countdown('egg', 3)])
