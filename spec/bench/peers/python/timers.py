"""Prints the nanoseconds for one of N timers, half of them cancelled, in virtual time (asyncio)."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / 'conformance/asyncio/support'))
from virtual import VirtualLoop  # noqa: E402

SPAN = 1_000_000
count = int(sys.argv[1])
fired = 0


def fire():
    global fired
    fired += 1


loop = VirtualLoop()
start = time.process_time_ns()
seed = 1
timers = []
for _ in range(count):
    seed = seed * 48271 % 2147483647
    timers.append(loop.call_at(seed % SPAN, fire))
for timer in timers[::2]:
    timer.cancel()
loop.call_at(SPAN, loop.stop)
loop.run_forever()
took = time.process_time_ns() - start
assert fired == count // 2
print(took / count)
