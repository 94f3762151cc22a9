"""In which order trio runs what is ready at one moment. It decides by chance; this decides instead."""
from collections import deque
from contextlib import contextmanager
from random import Random

from trio._core import _run


class Chosen(deque):
    """In each turn of the loop one of those that are ready goes, and the others wait: the one with the highest rank."""

    def __init__(self, tasks, rank):
        super().__init__(tasks)
        self.rank = rank

    def __iter__(self):
        self.next = max(super().__iter__(), key=self.rank, default=None)
        return iter([] if self.next is None else [self.next])

    def clear(self):
        if self.next is not None:
            self.remove(self.next)


def by_chance(random):
    """Each task has a rank, which may change."""
    ranks = {}
    changes = random.choice([0, 0.1, 0.3, 1])

    def rank(task):
        if task not in ranks or random.random() < changes:
            ranks[task] = random.random()
        return ranks[task]
    return rank


def guided(guide, log):
    """Who is to log something next goes first."""
    places = {}
    for place, name in enumerate(guide):
        places.setdefault(name, []).append(place)

    def rank(task):
        of_task = places.get(task.name, [])
        done = sum(name == task.name for _, name, _ in log)
        return -of_task[done] if done < len(of_task) else -len(guide)
    return rank


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


def order(number, guide, log):
    """Put the queue of a run that has begun in order: for 0 in the order in which tasks became ready, for 1 as a guide says."""
    runner = _run.GLOBAL_RUN_CONTEXT.runner
    if number:
        runner.runq = Chosen(runner.runq, guided(guide, log) if number == 1 else by_chance(Random(number)))
