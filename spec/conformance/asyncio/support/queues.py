"""What programs do with the items of a queue; the twin of `queues.ts`."""


def filled(queue, items):
    """The queue, with these in it."""
    for item in items:
        queue.put_nowait(item)
    return queue


def drained(queue):
    """All that is in it."""
    return [queue.get_nowait() for _ in range(queue.qsize())]


def sizes(queue):
    """How many are in it, and whether it is empty or full."""
    return [queue.qsize(), queue.empty(), queue.full()]
