"""A program that runs in asyncio: what there is in it, and what can be done to that; the twin of world.ts."""
import asyncio

from nests.numbers import nth_last, numbered
from tasks.ordered import VirtualLoop


class Actor:
    """A task of the program, from before its first step."""

    def __init__(self, name, parent, group):
        self.name = name
        self.parent = parent
        self.group = group
        self.task = None
        self.groups = []
        self.joined = None

    def cancel(self, message):
        return self.task.cancel(message)


class Joint:
    """The future of a gather() or a shield()."""
    name = 'future'

    def __init__(self, future):
        self.future = future

    def cancel(self, message):
        return self.future.cancel(message)


class Nest:
    """A manager that is entered."""

    def __init__(self, name, rank, actor, manager):
        self.name = name
        self.rank = rank
        self.actor = actor
        self.manager = manager
        self.is_open = False

    def is_group(self):
        return isinstance(self.manager, asyncio.TaskGroup)


class Loop(VirtualLoop):
    def __init__(self, world):
        super().__init__()
        self.world = world

    def create_task(self, coro, *, name=None, context=None):
        return self.world.make_task(coro, self.world.eager)


class World:
    def __init__(self, program, trace):
        self.program = program
        self.eager = program['eager']
        self.trace = trace
        self.loop = Loop(self)
        self.loop.set_exception_handler(lambda loop, context: None)
        self.numbers = numbered(program)
        self.actors = []
        self.nests = []
        self.futures = []
        self.unborn = {}
        self.kept = []  # nothing is collected, so that nothing is reported or closed by chance

    def write(self, who, *words):
        name, cancelling = (who.name, who.task.cancelling()) if who else ('loop', 0)
        self.trace.write(self.loop.time(), name, cancelling, *words)

    def number(self, statement, index=0):
        number = self.numbers[id(statement)]
        return number + index / 16 if index else number

    def message(self, statement):
        return f'e{self.number(statement)}'

    def actor(self, name, parent, group=None):
        actor = Actor(name, parent, group)
        self.actors.append(actor)
        return actor

    def coroutine_of(self, actor, coroutine):
        self.unborn[id(coroutine)] = actor
        self.kept.append(coroutine)
        return coroutine

    def make_task(self, coroutine, eager):
        actor = self.unborn.get(id(coroutine))
        task = asyncio.Task(coroutine, loop=self.loop, eager_start=eager)
        self.kept.append(task)
        if actor:
            actor.task = task
        return task

    def joins_group(self, actor):
        """In asyncio an eager task is in its group from the end of its first step on; here it is from the beginning."""
        if actor.group:
            actor.group.manager._tasks.add(actor.task)

    def add(self, future):
        self.futures.append(Joint(future))
        return future

    def entered(self, nest):
        self.nests.append(nest)
        nest.is_open = True
        if nest.is_group():
            nest.actor.groups.append(nest)

    def left(self, nest):
        nest.is_open = False
        if nest.is_group():
            nest.actor.groups.pop()

    def group(self, actor, at):
        own = actor.groups[-1] if actor.groups else actor.group
        if at == 0 and own:
            return own
        groups = [nest for nest in self.nests if nest.is_open and nest.is_group()]
        return nth_last(sorted(groups, key=lambda nest: nest.rank), max(at - 1, 0))

    def to_join(self, who, at):
        return nth_last([actor for actor in self.actors if actor.task and not self.depends_on(actor, who)], at)

    def depends_on(self, one, other):
        reached = [one]
        for actor in reached:
            for next in self.actors:
                if next not in reached and (
                        next.parent is actor or next.group and next.group.actor is actor or actor.joined is next):
                    reached.append(next)
        return other in reached

    def do(self, who, deed, message):
        target = self.target(who, deed)
        name, said = (target.name, target.cancel(message)) if target else (None, None)
        self.write(who, deed['op'], name, said)

    def target(self, who, deed):
        what = deed['what']
        if what == 'self':
            return who or self.actors[0]
        if what == 'task':
            return nth_last([actor for actor in self.actors if actor.task and not actor.task.done()], deed['at'])
        return nth_last([joint for joint in self.futures if not joint.future.done()], deed['at'])
