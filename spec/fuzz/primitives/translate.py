"""Makes asynchronous generators of statements. What others interpret is Python here: only a generator can yield."""
from itertools import count

from tasks.world import CATCHES

serial = count()


def translate(statements, names):
    """An asynchronous generator. `names` is what it knows."""
    rest = []  # what it leaves to the interpreter
    begin = ['async def body():', '    if False: yield', "    world.write('generator begins')"]
    source = [*begin, *inside(statements, rest)]
    names = {**names, 'CATCHES': CATCHES, 'rest': rest}
    exec('\n'.join(source), names)
    return names['body']()


def inside(statements, rest):
    """The indented lines of a list of statements."""
    lines = ['pass']
    for statement in statements:
        lines += translate_statement(statement, rest)
    return [f'    {line}' for line in lines]


def translate_statement(statement, rest):
    op = statement['op']
    body = inside(statement.get('body', []), rest)
    step = 'if not world.trace.step(): return'
    if op == 'emit':
        return [step, f"world.write('emit gives', (yield {statement['value']!r}))"]
    if op == 'return':
        return [step, 'return']
    if op == 'repeat':
        return [step, f"for _ in range({statement['times']}):", *body]
    if op == 'try':
        return [step, *translate_try(statement, body, rest)]
    if op == 'with':
        return [step, *translate_with(statement, body)]
    if op == 'timeout':
        return [step, *translate_timeout(statement, body)]
    rest.append(statement)
    return [f'if await block(world, rest[{len(rest) - 1}:{len(rest)}]): return']


def translate_try(statement, body, rest):
    me = f'me{next(serial)}'
    return [
        f'{me} = world.turn()',
        'try:', *body,
        f"except CATCHES[{statement['catches']!r}] as error:", f"    world.trace.write({me}, 'caught', error)",
        *inside(statement['handler'], rest), '    raise' if statement['again'] else '    pass',
        'finally:', *inside(statement['cleanup'], rest),
    ]


def translate_with(statement, body):
    return [
        'try:', f"    async with world.manager({statement['of']}) as value:", "        world.write('entered', None if isinstance(value, int) else value)",
        *(f'    {line}' for line in body), "    world.write('with', 'is over')",
        'except BaseException as error:', "    world.write('with', 'raises', error)",
        f"    if not {statement['quiet']} or not isinstance(error, Exception): raise",
    ]


def translate_timeout(statement, body):
    scope = f'scope{next(serial)}'
    make = 'asyncio.timeout_at' if statement['at'] else 'asyncio.timeout'
    return [
        f"{scope} = {make}({statement['ms']})", f'world.timeouts.append({scope})',
        'try:', f'    async with {scope}:', *(f'    {line}' for line in body),
        'except TimeoutError as error:', "    world.write('timeout raises', error)",
        f"    if not {statement['quiet']}: raise",
        'finally:', f"    world.write('timeout is over', {scope}.expired())",
    ]
