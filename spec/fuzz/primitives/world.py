"""A world with a kit; the twin of world.ts."""
import asyncio
from asyncio import Barrier, Condition, Event, Lock, Queue, Semaphore
from contextlib import AsyncExitStack

from primitives.fair_queue import QUEUES
from primitives.statements import SCOPES, Closables, execute, generator_of
from tasks.interpret import body
from tasks.things import nth_last
from tasks.world import ERRORS, World


class WorldWithKit(World):
    """Whenever something is logged, what has changed in the state of the kit is logged after it."""

    def __init__(self, program, trace):
        super().__init__(program, trace, body)
        self.kit = []
        for primitive in program['kit']:
            self.kit.append(self.make(primitive))
        self.stacks = []
        self.groups = []
        self.generators = []
        self.ignoring = set()
        self.loop._asyncgens = Closables(self)
        self.shown = {}
        self.count = 0

    def write(self, *words):
        super().write(*words)
        changed = [(name, state) for name, state in self.states() if self.shown.get(name) != state]
        self.shown.update(changed)
        if changed:
            self.trace.write(' ', ', '.join(map(' '.join, changed)))

    async def execute_other(self, statement):
        if statement['op'] in SCOPES:
            return await execute(self, statement)
        self.operate(statement)

    def manager(self, of):
        """What can be entered."""
        return self.the(of, Lock, Condition, Semaphore, Barrier) or AsyncExitStack()

    def generator(self, at):
        return nth_last(self.generators, at) or self.generate(at)

    async def close(self, generator):
        """Not twice, when it ignored that: Python throws into it no more, and says something strange."""
        if generator in self.ignoring:
            return
        try:
            await generator.aclose()
        except RuntimeError as error:
            if str(error) == 'async generator ignored GeneratorExit':
                self.ignoring.add(generator)
                self.loop._asyncgens.discard(generator)
            raise

    def make_other(self, thing):
        return getattr(self, f"make_{thing['is']}")(thing)

    async def nothing(self):
        return 'not in the kit'

    def make_acquire(self, thing):
        shared = self.the(thing['of'], Lock, Condition, Semaphore)
        return shared.acquire() if shared else self.nothing()

    def make_wait(self, thing):
        shared = self.the(thing['of'], Event, Condition, Barrier)
        if isinstance(shared, Barrier):
            return passed(shared)
        return shared.wait() if shared else self.nothing()

    def make_wait_until(self, thing):
        condition = self.the(thing['of'], Condition)
        return condition.wait_for(lambda: self.counted(thing['count'])) if condition else self.nothing()

    def make_reset(self, thing):
        barrier = self.the(thing['of'], Barrier)
        return barrier.reset() if barrier else self.nothing()

    def make_abort(self, thing):
        barrier = self.the(thing['of'], Barrier)
        return barrier.abort() if barrier else self.nothing()

    def make_put(self, thing):
        queue = self.the(thing['of'], Queue)
        return queue.put(thing['item']) if queue else self.nothing()

    def make_get(self, thing):
        queue = self.the(thing['of'], Queue)
        return queue.get() if queue else self.nothing()

    def make_join(self, thing):
        queue = self.the(thing['of'], Queue)
        return queue.join() if queue else self.nothing()

    def make_step(self, thing):
        return self.step(self.generator(thing['at']), thing)

    def make_close_stack(self, thing):
        stack = nth_last(self.stacks, thing['at'])
        return stack.aclose() if stack else self.nothing()

    async def step(self, generator, thing):
        how = thing['how']
        if how == 'aclose':
            await self.close(generator)
            return 'closed'
        if how == 'athrow' and generator in self.ignoring:
            return 'not again'
        try:
            if how == 'anext':
                return ['emits', await generator.__anext__()]
            if how == 'asend':
                return ['emits', await generator.asend(thing['value'])]
            value = await generator.athrow({**ERRORS, 'GeneratorExit': GeneratorExit}[thing['error']]('e0'))
            return 'ends' if value is None else ['emits', value]  # when it has ended before
        except StopAsyncIteration:
            return 'ends'
        except GeneratorExit:  # it is not for coroutines
            return 'left'

    def do_release(self, operation):
        shared = self.the(operation['of'], Lock, Condition, Semaphore)
        return shared and shared.release()

    def do_notify(self, operation):
        condition = self.the(operation['of'], Condition)
        return condition and condition.notify(operation['count'])

    def do_notify_all(self, operation):
        condition = self.the(operation['of'], Condition)
        return condition and condition.notify_all()

    def do_set(self, operation):
        event = self.the(operation['of'], Event)
        return event and event.set()

    def do_clear(self, operation):
        event = self.the(operation['of'], Event)
        return event and event.clear()

    def do_put_nowait(self, operation):
        queue = self.the(operation['of'], Queue)
        return queue and queue.put_nowait(operation['item'])

    def do_get_nowait(self, operation):
        queue = self.the(operation['of'], Queue)
        return queue and queue.get_nowait()

    def do_task_done(self, operation):
        queue = self.the(operation['of'], Queue)
        return queue and queue.task_done()

    def do_shutdown(self, operation):
        queue = self.the(operation['of'], Queue)
        return queue and queue.shutdown(operation['immediate'])

    def do_count(self, operation):
        self.count += 1
        return self.count

    def do_group_task(self, operation):
        last = nth_last(self.groups, operation['at'])
        if last is None:
            return 'no group'
        group, parent = last
        # To begin in a context in which something else is running is an error here.
        call = self.things.note_wait_of(parent, self.things.make(operation['call']))
        return group.create_task(call, **{} if self.eager else self.context(operation))

    def do_generate(self, operation):
        self.generate(operation['at'])
        return 'made'

    def the(self, of, *kinds):
        """The one of the kit, if it is of a kind for which this can be done."""
        shared = self.kit[of] if 0 <= of < len(self.kit) else None
        return shared if isinstance(shared, kinds) else None

    def make(self, primitive):
        kind = primitive['is']
        if kind == 'lock':
            return Lock()
        if kind == 'event':
            return Event()
        if kind == 'condition':
            return Condition(None if primitive['lock'] is None else self.the(primitive['lock'], Lock))
        if kind == 'semaphore':
            return (asyncio.BoundedSemaphore if primitive['bounded'] else Semaphore)(primitive['value'])
        if kind == 'barrier':
            return Barrier(max(primitive['parties'], 1))
        return QUEUES[primitive['kind']](primitive['maxsize'])

    def generate(self, index):
        bodies = self.program['generators']
        generator = generator_of(self, bodies[index % len(bodies)]['body'] if bodies else [])
        self.trace.name(generator, f'g{len(self.generators)}')
        self.generators.append(generator)
        return generator

    def counted(self, goal):
        self.write('counted', self.count)
        return self.count >= goal

    def states(self):
        """The name and the state of everything."""
        return [
            *((f'k{i}', self.trace.show(state(shared))) for i, shared in enumerate(self.kit)),
            *((f'n{i}', repr(group)) for i, (group, _) in enumerate(self.groups)),
            *((task.get_name(), str(task.cancelling())) for task in self.things.all if isinstance(task, asyncio.Task)),
        ]


async def passed(barrier):
    """Without the number: after a cancellation, asyncio may give the same to two."""
    await barrier.wait()
    return True


def state(shared):
    if isinstance(shared, Event):
        return [shared.is_set()]
    if isinstance(shared, Barrier):
        return [shared.n_waiting, shared.broken]
    if isinstance(shared, Queue):
        return [shared.qsize(), shared.empty(), shared.full()]
    return [shared.locked()]
