"""In which order trio runs what is ready at one moment. It decides by chance; this decides instead."""
from collections import deque
from contextlib import contextmanager
from random import Random

from trio._core import _run


class Ready(deque):
    """The tasks that are ready. A turn of the loop takes those that were chosen; the others are ready in the next one, too."""
    random = None  # who was ready first goes first

    def __iter__(self):
        if self.random is None:
            return super().__iter__()
        tasks = list(super().__iter__())
        self.chosen = self.random.sample(tasks, min(len(tasks), 1))
        return iter(self.chosen)

    def clear(self):
        if self.random is None:
            return super().clear()
        for task in self.chosen:
            self.remove(task)


class Forwards:
    """What trio tosses a coin with, to turn the order around. It takes the last one first."""

    def random(self):
        return 0


class Ordered(dict):
    """A set that keeps the order, so that a run can be repeated. Trio's own depends on where objects are in memory."""

    def add(self, item):
        self[item] = None

    def remove(self, item):
        del self[item]

    def discard(self, item):
        self.pop(item, None)


class CancelStatus(_run.CancelStatus):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._children = Ordered()
        self._tasks = Ordered()


_run._r = Forwards()
_run.CancelStatus = CancelStatus


def order(number):
    """Put the queue of a run that has begun in order: for 0 in the order in which tasks became ready, for others by chance."""
    runner = _run.GLOBAL_RUN_CONTEXT.runner
    runner.runq = Ready(runner.runq)
    runner.runq.random = Random(number) if number else None
