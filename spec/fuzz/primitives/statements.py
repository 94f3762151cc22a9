"""What has a body, and asynchronous generators; the twin of statements.ts."""
import asyncio
from contextlib import AsyncExitStack, aclosing

from primitives.translate import translate
from tasks.interpret import block
from tasks.ordered import OrderedSet


async def execute(world, statement):
    """Do it, and log what comes of it."""
    try:
        returned = await SCOPES[statement['op']](world, statement)
        if not returned:
            world.write(statement['op'], 'is over')
        return returned
    except BaseException as error:
        world.write(statement['op'], 'raises', error)
        ignored_first = statement['op'] == 'for' and isinstance(error, GeneratorExit)  # it is not for coroutines
        if not ignored_first and not (statement['quiet'] and isinstance(error, Exception)):
            raise


async def enter_primitive(world, statement):
    return await entering(world, world.manager(statement['of']), statement['body'])


async def enter_manager(world, statement):
    return await entering(world, Manager(world, statement['manager']), statement['body'])


async def group(world, statement):
    async with asyncio.TaskGroup() as group:
        world.groups.append((group, asyncio.current_task()))
        return await block(world, statement['body'])


async def exit_stack(world, statement):
    async with AsyncExitStack() as stack:
        for exit in statement['exits']:
            await push(world, stack, exit)
        returned = await block(world, statement['body'])
        if statement['pop']:
            world.stacks.append(stack.pop_all())
        return returned


async def loop(world, statement):
    generator = (world.generate if statement['fresh'] else world.generator)(statement['at'])
    returned = None
    left = statement['times']
    async for item in generator:
        try:
            world.write('for', item)
            returned = await block(world, statement['body'])
        except BaseException:
            await world.close(generator)
            raise
        if not returned:
            left -= 1
        if returned or left <= 0:
            await world.close(generator)
            world.write('to its end', False)
            break
    else:
        world.write('to its end', True)
    return returned


async def closing(world, statement):
    async with aclosing(Closable(world, world.generator(statement['at']))):
        return await block(world, statement['body'])


class Closable:
    """A generator, closed as this world does it."""

    def __init__(self, world, generator):
        self.world = world
        self.generator = generator

    def aclose(self):
        return self.world.things.note_wait(self.world.close(self.generator))


class Closables(OrderedSet):
    """The generators of a loop. A WeakSet keeps those that are over until they are collected, and nothing is here."""

    def __init__(self, world):
        super().__init__()
        self.world = world

    def __iter__(self):
        return (Closable(self.world, generator) for generator in super().__iter__() if generator.ag_frame is not None)

    def __len__(self):
        return sum(1 for _ in self)


SCOPES = {
    'with': enter_primitive, 'manage': enter_manager, 'group': group, 'stack': exit_stack, 'for': loop,
    'closing': closing,
}


async def entering(world, manager, statements):
    async with manager as value:
        world.write('entered', None if isinstance(value, int) else value)
        return await block(world, statements)


class Manager:
    def __init__(self, world, description):
        self.world = world
        self.description = description

    async def __aenter__(self):
        self.world.write('enter')
        await block(self.world, self.description['enter'])
        return 'm'

    async def __aexit__(self, kind, error, traceback):
        self.world.write('exit', error)
        await block(self.world, self.description['exit'])
        return self.description['swallow']


async def push(world, stack, exit):
    kind = exit['is']
    if kind == 'primitive':
        world.write('pushed', await stack.enter_async_context(world.manager(exit['of'])))
    elif kind == 'manager':
        world.write('pushed', await stack.enter_async_context(Manager(world, exit['manager'])))
    elif kind == 'exit':
        stack.push_async_exit(Manager(world, exit['manager']).__aexit__)
    elif kind == 'callback':
        stack.callback(operate, world, exit['does'])
    else:
        stack.push_async_callback(block, world, exit['does'])


def operate(world, operations):
    world.write('called')
    for operation in operations:
        if not world.trace.step():
            return
        world.operate(operation)


def generator_of(world, statements):
    return translate(statements, {'world': world, 'block': block, 'asyncio': asyncio})
