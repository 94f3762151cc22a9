"""Prints the nanoseconds of one switch between N greenlets (C greenlet)."""
import sys
import time
from greenlet import greenlet

sys.setrecursionlimit(10_000)
count = int(sys.argv[1])
rounds = 400_000 // count


def body(i):
    following = (i + 1) % count

    def run():
        for _ in range(rounds):
            ring[following].switch()
    return run


ring = [greenlet(body(i)) for i in range(count)]
start = time.process_time_ns()
ring[0].switch()
print((time.process_time_ns() - start) / (rounds * count))
