"""Nests in trio; the twin of interpret.ts."""
from contextlib import AsyncExitStack, suppress

import trio
from trio.testing import MockClock

from .orders import order
from .world import Boom, Nest, World, told


def run(program, trace):
    """Log what happens in each of several orders, if it is not the same."""
    logs = []
    for number in range(program['orders']):
        world = World(program)
        trio.run(main, world, number, clock=MockClock(autojump_threshold=0))
        lines = world.lines()
        if lines not in logs:
            logs.append(lines)
    for index, lines in enumerate(logs):
        trace.lines += ['or'] * (index > 0) + lines


async def main(world, number):
    order(number, world.program['guide'], world.log)
    nests = world.program['nests']
    async with trio.open_nursery() as nursery:
        for strike in nests['strikes']:
            nursery.start_soon(later, world, strike, name='strike')
        for i, body in enumerate(nests['bodies']):
            nursery.start_soon(first, world, world.actor(f'main{i}', None), body, name=f'main{i}')


async def later(world, strike):
    await trio.sleep(world.time(strike, strike['ms']))
    world.do(None, strike['does'])


async def first(world, me, body):
    with suppress(Exception):
        await life(world, me, block(world, me, body))


async def life(world, me, body):
    """What a task does from its first step to its last."""
    world.write(me, 'begins')
    try:
        await body
    except BaseException as error:
        world.write(me, 'ends', error)
        raise
    world.write(me, 'ends')


async def block(world, me, body):
    for statement in body:
        await STATEMENTS[statement['op']](world, me, statement)


async def do(world, me, statement):
    world.do(me, statement)


async def sleep(world, me, statement):
    await waiting(world, me, 'sleep', trio.sleep(world.duration(statement, statement['ms'])))


async def fail(world, me, statement):
    raise Boom(f'e{world.number(statement)}')


async def waiting(world, me, what, awaitable):
    """Wait, and log what comes of it."""
    try:
        await awaitable
    except BaseException as error:
        error = told(error)
        world.write(me, what, error)
        raise error
    world.write(me, what)


SHIELD = {'is': 'scope', 'ms': None, 'until': False, 'fails': False, 'shield': True}


async def attempt(world, me, statement):
    try:
        await block(world, me, statement['body'])
    except Exception as error:
        if statement['catches'] == 'nothing':
            raise
        world.write(me, 'catches', error)
    finally:
        if statement['shielded']:
            await used(world, me, statement, [SHIELD], statement['cleanup'])
        else:
            await block(world, me, statement['cleanup'])


async def use(world, me, statement):
    await used(world, me, statement, statement['managers'], statement['body'])


async def used(world, me, statement, managers, body):
    async with AsyncExitStack() as stack:
        for index, manager in enumerate(managers):
            await stack.enter_async_context(Entering(world, me, statement, manager, index))
        await block(world, me, body)


class Entering:
    """A nursery or a scope, whose end is logged."""

    def __init__(self, world, me, statement, description, index):
        self.world = world
        self.statement = statement
        self.description = description
        self.index = index
        self.nest = Nest(world.number(statement, index), me)

    async def __aenter__(self):
        nest = self.nest
        if self.description['is'] == 'group':
            self.manager = trio.open_nursery(strict_exception_groups=True)
            nest.nursery = await self.manager.__aenter__()
            nest.scope = nest.nursery.cancel_scope
        else:
            self.manager = self.limit()
            nest.scope = self.manager.__enter__()
            nest.scope.shield = self.description['shield']
        nest.outer = nest.actor.inside
        self.world.entered(nest)

    def limit(self):
        ms = self.description['ms']
        if ms is None:
            return trio.CancelScope(shield=self.description['shield'])
        seconds = self.world.time(self.statement, ms, self.index)
        if self.description['until']:
            return (trio.fail_at if self.description['fails'] else trio.move_on_at)(trio.current_time() + seconds)
        return (trio.fail_after if self.description['fails'] else trio.move_on_after)(seconds)

    async def __aexit__(self, cls, error, traceback):
        try:
            if self.nest.nursery:
                swallowed = await self.manager.__aexit__(cls, error, traceback)
            else:
                swallowed = self.manager.__exit__(cls, error, traceback)
        except BaseException as failure:
            failure = told(failure)
            self.leave(failure)
            raise failure
        self.leave(None if swallowed else error)
        return swallowed

    def leave(self, error):
        nest = self.nest
        self.world.left(nest)
        said = [] if nest.nursery else [nest.scope.cancel_called, nest.scope.cancelled_caught]
        self.world.write(nest.actor, nest.name, *said, *[error] if error else [])


async def child(world, me, statement):
    nest = world.open_group(me, statement['at'])
    if nest:
        actor = world.actor(f't{world.number(statement)}', nest)
        nest.nursery.start_soon(lambda: life(world, actor, block(world, actor, statement['body'])), name=actor.name)


async def start(world, me, statement):
    nest = world.open_group(me, 0)
    if not nest:
        return
    actor = world.actor(f't{world.number(statement)}', nest)

    async def body(task_status):
        await block(world, actor, statement['before'])
        if statement['starts']:
            task_status.started()
        await block(world, actor, statement['after'])

    await waiting(world, me, 'start', nest.nursery.start(
        lambda *, task_status: life(world, actor, body(task_status)), name=actor.name))


STATEMENTS = {
    'sleep': sleep, 'raise': fail, 'cancel': do, 'shield': do, 'try': attempt, 'use': use, 'child': child, 'start': start,
}
