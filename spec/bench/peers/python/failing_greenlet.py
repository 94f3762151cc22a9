"""Prints the nanoseconds of ending a greenlet that waits, by GreenletExit (C greenlet)."""
import sys
import time
from greenlet import GreenletExit, getcurrent, greenlet

COUNT = int(sys.argv[1])
ROUNDS = 20
main = getcurrent()
took = done = 0


def wait():
    global done
    try:
        main.switch()
    finally:
        done += 1


for _ in range(ROUNDS):
    waiting = [greenlet(wait) for _ in range(COUNT)]
    for one in waiting:
        one.switch()
    start = time.process_time_ns()
    for one in waiting:
        one.throw(GreenletExit)
    took += time.process_time_ns() - start
assert done == ROUNDS * COUNT, done
print(took / done)
