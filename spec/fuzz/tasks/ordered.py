"""asyncio for traces without chance: what it keeps in sets, whose order is that of addresses, is kept in order here.

And a loop which names its tasks, and makes eager ones with their name and context.
"""
import asyncio
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / 'conformance' / 'asyncio' / 'support'))
from virtual import DeadlockError, VirtualLoop  # noqa: E402, F401 (it orders timers)


class OrderedSet(dict):
    """As much of a set as asyncio needs; first in, first out."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def remove(self, item):
        del self[item]

    def discard(self, item):
        self.pop(item, None)


def init_as_completed(self, aws, timeout):
    """CPython 3.13's own, but for the sets."""
    self._done = asyncio.Queue()
    self._timeout_handle = None
    loop = asyncio.get_event_loop()
    todo = OrderedSet(asyncio.ensure_future(aw, loop=loop) for aw in OrderedSet(aws))
    for future in todo:
        future.add_done_callback(self._handle_completion)
    if todo and timeout is not None:
        self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
    self._todo = todo
    self._todo_left = len(todo)


def all_tasks(loop=None):
    return sorted(unordered(loop), key=lambda task: int(task.get_name()[1:]))


unordered = asyncio.tasks.all_tasks
asyncio.tasks.set = OrderedSet  # of wait()
asyncio.taskgroups.set = OrderedSet
asyncio.tasks._AsCompletedIterator.__init__ = init_as_completed
asyncio.tasks.all_tasks = all_tasks  # of the shutdown


class Loop(VirtualLoop):
    """Its tasks are t0, t1… in the order they were begun."""

    def __init__(self, eager, things):
        super().__init__()
        self.eager = eager
        self.things = things
        self.begun = 0

    def create_task(self, coro, *, name=None, context=None):
        return self.make_task(coro, self.eager, context)

    def make_task(self, coro, eager, context=None):
        self._check_closed()
        name = f't{self.begun}'
        self.begun += 1
        self.things.begin_task(name, coro)
        return self.things.add(asyncio.Task(coro, loop=self, name=name, eager_start=eager, context=context))
