"""Random tasks; the twin of interpret.ts."""
import asyncio
import gc
import types

from tasks.ordered import all_tasks
from tasks.world import CATCHES, World

gc.disable()


def run(program, trace):
    return run_in(World(program, trace, body))


def run_in(world):
    """Run the program of a world."""
    keep = world.things.keep
    runner = asyncio.Runner(loop_factory=lambda: world.loop)
    for main in world.program['mains']:
        try:
            world.write('run gives', runner.run(keep(body(world, main))))
        except BaseException as error:
            world.write('run raises', error)
    close(world, runner)
    asyncio.tasks._scheduled_tasks.clear()  # nobody shall look through all of them
    return world, runner


def close(world, runner):
    """What is left is not reported when it goes, since nothing goes, but here."""
    try:
        runner.close()
    except BaseException as error:
        world.write('close raises', error)
    world.write('pending', all_tasks(world.loop))
    world.write('unread', [future for future in world.things.all if future._log_traceback])
    for future in world.things.all:
        world.write(future, *outcome(future))


def outcome(future):
    if not future.done():
        return ['pending']
    try:
        return ['result', future.result()]
    except BaseException as error:
        return ['cancelled' if future.cancelled() else 'error', error]


class Returned:
    """A list of statements came to its end by a return."""

    def __init__(self, value):
        self.value = value


async def body(world, statements):
    returned = await block(world, statements)
    return returned and returned.value


async def block(world, statements):
    for statement in statements:
        if not world.trace.step():
            return Returned(None)
        op = statement['op']
        returned = None
        if op == 'return':
            returned = Returned(statement['value'])
        elif op == 'try':
            returned = await attempt(world, statement)
        elif op == 'timeout':
            returned = await timeout(world, statement)
        elif op == 'repeat':
            returned = await repeat(world, statement)
        elif op == 'yield':
            await bare_yield()
            world.write('has its turn')
        elif op == 'await':
            await outcome_of(world, statement, lambda: world.things.wait_for(statement['for']))
        elif op == 'wait':
            await outcome_of(world, statement, lambda: wait(world, statement))
        elif op == 'as_completed':
            await as_completed(world, statement)
        else:
            returned = await world.execute_other(statement)
        if returned:
            return returned


async def repeat(world, statement):
    for _ in range(statement['times']):
        returned = await block(world, statement['body'])
        if returned:
            return returned


@types.coroutine
def bare_yield():
    yield


async def outcome_of(world, statement, make):
    """Make something, wait for it, and log what comes of it."""
    try:
        world.write(statement['op'], 'gives', await make())
    except BaseException as error:
        world.write(statement['op'], 'raises', error)
        if not statement['quiet'] or not isinstance(error, Exception):
            raise


async def wait(world, statement):
    futures = [world.things.at(reference) for reference in statement['for']]
    return await asyncio.wait(futures, timeout=statement['ms'], return_when=statement['until'])


async def as_completed(world, statement):
    results = asyncio.as_completed([world.things.make(one) for one in statement['for']], timeout=statement['ms'])
    left = statement['results']
    if left == 'all':
        return await outcome_of(world, statement, lambda: asyncio.gather(*results, return_exceptions=True))
    for result in results:
        await outcome_of(world, statement, lambda: world.things.keep(result))
        left -= 1
        if left <= 0:
            break


async def timeout(world, statement):
    scope = (asyncio.timeout_at if statement['at'] else asyncio.timeout)(statement['ms'])
    world.timeouts.append(scope)
    try:
        async with scope:
            return await block(world, statement['body'])
    except TimeoutError as error:
        world.write('timeout raises', error)
        if not statement['quiet']:
            raise
    finally:
        world.write('timeout is over', scope.expired())


async def attempt(world, statement):
    me = world.turn()
    try:
        return await block(world, statement['body'])
    except CATCHES[statement['catches']] as error:
        world.trace.write(me, 'caught', error)
        returned = await block(world, statement['handler'])
        if returned:
            return returned
        if statement['again']:
            raise
    finally:
        returned = await block(world, statement['cleanup'])
        if returned:
            return returned
