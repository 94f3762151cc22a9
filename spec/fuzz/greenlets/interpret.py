"""What random greenlets do, statement by statement; the twin of interpret.ts."""
from greenlet import settrace

from greenlets.world import CATCHES, World


def run(program, trace):
    world = World(program, trace, body)
    for statement in program['body']:
        try:
            body(world, 'main', [statement])
        except BaseException as error:
            trace.write('main survives', error)
        trace.write(' ', world.look())
    settrace(None)
    return world


class Returned:
    """A list of statements came to its end by a return."""

    def __init__(self, value):
        self.value = value


def body(world, me, statements):
    returned = block(world, me, statements)
    return returned and returned.value


def block(world, me, statements):
    for statement in statements:
        if not world.trace.step():
            return Returned(None)
        op = statement['op']
        if op == 'try':
            returned = attempt(world, me, statement)
            if returned:
                return returned
        elif op == 'call':
            world.trace.write(me, 'calls', body(world, me, statement['body']))
        elif op == 'return':
            return Returned(statement['value'])
        elif op == 'raise':
            raise world.error(statement['error'])
        else:
            operate(world, me, statement)


def operate(world, me, operation):
    """Do it, and log what comes of it."""
    op = operation['op']
    try:
        world.trace.write(me, op, world.perform(operation))
    except BaseException as error:
        world.trace.write(me, op, 'raises', error)
        if not operation['quiet']:
            raise


def attempt(world, me, statement):
    try:
        return block(world, me, statement['body'])
    except CATCHES[statement['catches']] as error:
        world.trace.write(me, 'caught', error)
        returned = block(world, me, statement['handler'])
        if returned:
            return returned
        if statement['again']:
            raise
    finally:
        returned = block(world, me, statement['cleanup'])
        if returned:
            return returned
