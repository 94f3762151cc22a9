"""Makes Python of the statements of a program, so that it is Python's own try and yield from that are compared."""
from itertools import count

from errors import CATCHES

serial = count()


def translate(things, names):
    """The generator functions of the things that are generators, by index. `names` is what they know."""
    bodies = {i: thing['body'] for i, thing in enumerate(things) if thing['kind'] == 'generator'}
    source = []
    for i, body in bodies.items():
        source += [f'def body{i}(me):', '    if False: yield', *inside(body, leave_by_return)]
    names = {**names, 'CATCHES': CATCHES}
    exec('\n'.join(source), names)
    return {i: names[f'body{i}'] for i in bodies}


def inside(statements, leave):
    """The indented lines of a list of statements. `leave` makes the lines that leave it with a value."""
    lines = ['pass']
    for statement in statements:
        lines += ['if not trace.step(): return', *translate_statement(statement, leave)]
    return [f'    {line}' for line in lines]


def leave_by_return(value):
    return [f'return {value!r}']


def translate_statement(statement, leave):
    op = statement['op']
    if op == 'yield':
        return [f"trace.write(me, 'got', (yield {statement['value']!r}))"]
    if op == 'delegate':
        return [f"trace.write(me, 'result', (yield from world.delegate({statement['to']}, {statement['fresh']})))"]
    if op == 'inline':
        return translate_inline(statement['body'])
    if op == 'try':
        return translate_try(statement, leave)
    if op == 'return':
        return leave(statement['value'])
    if op == 'raise':
        return [f"raise world.error({statement['error']!r})"]
    if op == 'command':
        return [f"world.perform({statement['command']!r}, {statement['quiet']})"]
    return ['world.look()']


def translate_inline(body):
    """What in TypeScript is a generator of its own is a loop here, so that a return inside it can be a break."""
    result = f'result{next(serial)}'
    return [
        'for _ in (0,):', *inside(body, lambda value: [f'{result} = {value!r}', 'break']),
        'else:', f'    {result} = None',
        f"trace.write(me, 'inlined', {result})",
    ]


def translate_try(statement, leave):
    return [
        'try:', *inside(statement['body'], leave),
        f"except CATCHES[{statement['catches']!r}] as error:", "    trace.write(me, 'caught', error)",
        *inside(statement['handler'], leave), '    raise' if statement['again'] else '    pass',
        'finally:', *inside(statement['cleanup'], leave),
    ]
