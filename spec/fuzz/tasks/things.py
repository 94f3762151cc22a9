"""The tasks, futures and coroutines of a program; the twin of things.ts."""
import asyncio

from tasks.ordered import Loop, OrderedSet

MOST_CALLS = 30  # eager tasks nest on the stack
MOST_GATHERS = 10  # gathers of gathers of the same are cancelled again and again


class Things:
    def __init__(self, program, trace, body, make_other):
        self.bodies = program['bodies']
        self.trace = trace
        self.body = body
        self.make_other = make_other
        self.loop = Loop(program['eager'], self)
        self.all = OrderedSet()  # the tasks and futures
        self.inside = {}  # what is cancelled with a thing
        self.kept = []  # nothing is collected, so that nothing is reported or closed by chance
        self.futures = 0
        self.calls = 0
        self.gathers = 0

    def make(self, thing):
        return self.keep(getattr(self, f"make_{thing['is']}", self.make_other)(thing))

    def keep(self, made):
        self.kept.append(made)
        return made

    async def wait_for(self, thing):
        """Wait for a thing, but not in a circle: what waits in one is cancelled without end."""
        made = self.make(thing)
        task = asyncio.current_task()
        if self.leads_to(made, task):
            return 'a circle'
        waits = self.inside[key(task)]
        waits.append(made)
        try:
            return await made
        finally:
            waits.remove(made)

    def note_wait(self, thing):
        """The current task will wait for it, without wait_for()."""
        return self.note_wait_of(asyncio.current_task(), thing)

    def note_wait_of(self, task, thing):
        """A task will wait for it, as for the tasks of a group."""
        self.inside[key(task)].append(thing)
        return self.keep(thing)

    def at(self, reference):
        """Nobody is the task that runs in a callback; then it is the first task."""
        if reference == -1:
            return asyncio.current_task() or next(iter(self.all))
        return nth_last(self.all, reference)

    def to_set(self, reference):
        futures = [future for future in self.all if not (isinstance(future, asyncio.Task) or future.done())]
        return nth_last(futures, reference) or self.at(reference)

    def to_cancel(self, reference):
        """A near one is to be pending, if there is one: to cancel what is done does little."""
        near = 0 <= reference <= 3
        return near and nth_last([future for future in self.all if not future.done()], reference) or self.at(reference)

    def begin_task(self, name, coro):
        self.inside[name] = self.inside.get(key(coro), [])
        self.inside[key(coro)] = [name]

    def add(self, future):
        if future not in self.all:
            self.all.add(future)
            if not isinstance(future, asyncio.Task):
                self.trace.name(future, f'f{self.futures}')
                self.futures += 1
        return future

    def leads_to(self, thing, goal, seen=None):
        """What can be come by on many ways is looked at once."""
        seen = set() if seen is None else seen
        it = key(thing)
        if it == key(goal):
            return True
        if it in seen:
            return False
        seen.add(it)
        return any(self.leads_to(part, goal, seen) for part in self.inside.get(it, []))

    def make_made(self, thing):
        task = asyncio.current_task()
        futures = [future for future in self.all if not self.leads_to(future, task)]
        return nth_last(futures, thing['at']) or self.make_future(thing)

    def make_future(self, thing):
        return self.add(self.loop.create_future())

    def make_sleep(self, thing):
        return asyncio.sleep(thing['ms'], thing['value'])

    def make_call(self, thing):
        self.calls += 1
        empty = self.calls > MOST_CALLS or not self.bodies
        made = self.body([] if empty else self.bodies[thing['body'] % len(self.bodies)])
        self.inside[key(made)] = []
        return made

    def make_gather(self, thing):
        of = [self.make(one) for one in thing['of']]
        self.gathers += 1
        if self.gathers > MOST_GATHERS:
            of = []
        if thing['twice']:
            of += of[:1]
        future = self.add(asyncio.gather(*of, return_exceptions=thing['errors']))
        self.inside[key(future)] = of
        return future

    def make_shield(self, thing):
        return self.add(asyncio.shield(self.make(thing['of'])))

    def make_wait_for(self, thing):
        of = self.make(thing['of'])
        made = asyncio.wait_for(of, thing['ms'])
        self.inside[key(made)] = [of]
        return made


def key(thing):
    """A task goes by its name: it may be running already when it is still being made."""
    return thing.get_name() if isinstance(thing, asyncio.Task) else thing if isinstance(thing, str) else id(thing)


def nth_last(items, index):
    items = list(items)
    return items[-1 - max(index, 0) % len(items)] if items else None
