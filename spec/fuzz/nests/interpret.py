"""Nests in asyncio; the twin of interpret.ts, waiting.ts and nests.ts."""
import asyncio
import gc
from contextlib import AsyncExitStack

from nests.world import Nest, World
from tasks.ordered import DeadlockError

gc.disable()


class Boom(Exception):
    pass


def run(program, trace):
    world = World(program, trace)
    for strike in program['strikes']:
        does = strike['does']
        world.loop.call_at(strike['ms'], world.do, None, does, world.message(does))
    for i, body in enumerate(program['bodies']):
        actor = world.actor(f'main{i}', None)
        world.loop.create_task(life(world, actor, block(world, actor, body)))
    try:
        world.loop.run_forever()
    except DeadlockError:
        pass
    trace.write('left', [actor.name for actor in world.actors if actor.task and not actor.task.done()])
    asyncio.tasks._scheduled_tasks.clear()  # nobody shall look through all of them
    return world


def life(world, me, body):
    async def living():
        me.task = asyncio.current_task()
        world.joins_group(me)
        try:
            await body
        except BaseException as error:
            world.write(me, 'ends', error)
            raise
        world.write(me, 'ends')
    world.kept.append(body)
    return world.coroutine_of(me, living())


async def block(world, me, body):
    for statement in body:
        await STATEMENTS[statement['op']](world, me, statement)


async def do(world, me, statement):
    world.do(me, statement, world.message(statement))


async def sleep(world, me, statement):
    await waiting(world, me, 'sleep', asyncio.sleep(statement['ms']))


async def fail(world, me, statement):
    raise Boom(world.message(statement))


async def attempt(world, me, statement):
    try:
        await block(world, me, statement['body'])
    except BaseException as error:
        if not catches(world, me, statement['catches'], error):
            raise
        world.write(me, 'catches', error)
    finally:
        await block(world, me, statement['cleanup'])


def catches(world, me, what, error):
    if what == 'errors':
        return isinstance(error, Exception)
    if what == 'nothing' or not isinstance(error, asyncio.CancelledError):
        return False
    world.write(me, 'takes back', me.task.uncancel())
    return True


async def use(world, me, statement):
    managers = statement['managers']
    if len(managers) == 1:
        async with Entering(world, me, statement, 0):
            await block(world, me, statement['body'])
        return
    async with AsyncExitStack() as stack:
        for index in range(len(managers)):
            await stack.enter_async_context(Entering(world, me, statement, index))
        await block(world, me, statement['body'])


class Entering:
    """A manager, whose end is logged."""

    def __init__(self, world, me, statement, index):
        description = statement['managers'][index]
        self.world = world
        self.manager = asyncio.TaskGroup() if description['is'] == 'group' else asyncio.timeout(description['ms'])
        number = world.number(statement, index)
        self.nest = Nest(f'n{number}', number, me, self.manager)

    async def __aenter__(self):
        await self.manager.__aenter__()
        self.world.entered(self.nest)

    async def __aexit__(self, *failure):
        try:
            swallowed = await self.manager.__aexit__(*failure)
        except BaseException as error:
            leave(self.world, self.nest, error)
            raise
        leave(self.world, self.nest, None if swallowed else failure[1])
        return swallowed


def leave(world, nest, error):
    world.left(nest)
    said = [nest.manager.expired()] if isinstance(nest.manager, asyncio.Timeout) else []
    world.write(nest.actor, nest.name, *said, *[error] if error else [])


def another(world, me, statement, body, index=0):
    actor = world.actor(f't{world.number(statement, index)}', me)
    return life(world, actor, block(world, actor, body))


async def child(world, me, statement):
    group = world.group(me, statement['at'])
    if not group:
        return
    actor = world.actor(f't{world.number(statement)}', me, group)
    try:
        group.manager.create_task(life(world, actor, block(world, actor, statement['body'])))
    except RuntimeError as error:
        world.write(me, 'is refused', error)


async def run_task(world, me, statement):
    by, ms = statement['by'], statement['ms']
    task = world.make_task(another(world, me, statement, statement['body']), world.eager or statement['eager'])
    if by == 'await':
        await waiting(world, me, 'await', task)
    elif by == 'shield':
        await waiting(world, me, 'shield', world.add(asyncio.shield(task)))
    elif by == 'wait':
        await waiting(world, me, 'wait', asyncio.wait([task], timeout=ms))
    elif by == 'wait_for' and ms == 0:
        await waiting(world, me, 'wait_for', asyncio.wait_for(task, 0))
    elif by == 'wait_for':
        await limited(world, me, statement, waiting(world, me, 'await', task))


async def limited(world, me, statement, body):
    number = world.number(statement)
    nest = Nest(f'n{number}', number, me, None)
    world.entered(nest)
    try:
        await asyncio.wait_for(body, max(statement['ms'], 1))
    except BaseException as error:
        leave(world, nest, error)
        raise
    leave(world, nest, None)


async def wait_for(world, me, statement):
    await limited(world, me, statement, block(world, me, statement['body']))


async def gather(world, me, statement):
    lives = [another(world, me, statement, body, index) for index, body in enumerate(statement['bodies'])]
    await waiting(world, me, 'gather', world.add(asyncio.gather(*lives, return_exceptions=statement['errors'])))


async def join(world, me, statement):
    other = world.to_join(me, statement['at'])
    if not other:
        return
    me.joined = other
    try:
        await waiting(world, me, 'join', other.task)
    finally:
        me.joined = None


async def waiting(world, me, what, awaitable):
    """Wait, and log what comes of it."""
    try:
        await awaitable
    except BaseException as error:
        world.write(me, what, error)
        raise
    world.write(me, what)


STATEMENTS = {
    'sleep': sleep, 'raise': fail, 'cancel': do, 'try': attempt, 'use': use, 'child': child, 'run': run_task,
    'gather': gather, 'wait_for': wait_for, 'join': join,
}
