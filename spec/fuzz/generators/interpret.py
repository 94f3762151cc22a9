"""Random trees of generators; the twin of interpret.ts, world.ts and iterator.ts."""
from inspect import getgeneratorstate

from errors import ERRORS
from generators.translate import translate


def run(program, trace):
    world = World(program, trace)
    for command in program['commands']:
        if not trace.step():
            break
        world.perform(command, True)
        world.look()
    return world


class World:
    """The things of a program, and what can be done to them."""

    def __init__(self, program, trace):
        self.trace = trace
        self.things = program['things']
        self.bodies = translate(self.things, {'world': self, 'trace': trace})
        self.shared = {}
        self.driven = []
        self.kept = []  # Y15: the last reference gone closes a generator, and JavaScript has no such thing
        self.made = 0
        for index, thing in enumerate(self.things):
            if can_be_shared(thing):
                self.shared[index] = self.make(index, thing, str(index))

    def delegate(self, to, fresh):
        index = to % len(self.things)
        thing = self.things[index]
        if not fresh and can_be_shared(thing):
            return self.shared[index]
        self.made += 1
        return self.make(index, thing, f'{index}.{self.made}')

    def error(self, name):
        return ERRORS[name](f'e{self.trace.steps}')

    def perform(self, command, quiet):
        """Do a command, and log what comes of it."""
        if not self.driven:
            self.trace.write('nobody to drive')
            return
        g = self.driven[command['to'] % len(self.driven)]
        how = command['how']
        try:
            self.trace.write(g, how, 'gives', self.resume(g, command))
        except StopIteration as stop:
            self.trace.write(g, how, 'done', stop.value)
        except BaseException as error:
            self.trace.write(g, how, 'raises', error)
            if not quiet:
                raise

    def look(self):
        """Log all that can be seen of the generators."""
        running = any(g.gi_running for g in self.driven)
        for g in self.driven:
            self.trace.write(' ', g, getgeneratorstate(g), *([] if running else [g.gi_yieldfrom, frames(g)]))

    def make(self, index, thing, name):
        if thing['kind'] == 'value':
            return thing['value']
        if thing['kind'] == 'bag':
            made = Bag(list(self.shared.values()), thing['of'])
        elif thing['kind'] == 'iterator':
            made = self.trace.name(make_iterator(self, thing, f'i{name}'), f'i{name}')
        else:
            made = self.trace.name(self.bodies[index](f'g{name}'), f'g{name}')
        if thing.get('as') == 'py':
            self.driven.append(made)
        self.kept.append(made)
        return made

    def resume(self, g, command):
        if command['how'] == 'next':
            return next(g)
        if command['how'] == 'send':
            return g.send(command['value'])
        if command['how'] == 'close':
            return g.close()
        error = self.error(command['error'])
        return g.throw(*{
            'instance': [error], 'class': [type(error)], 'message': [type(error), str(error)],
        }[command['form']])


def frames(generator):
    """It and those that it delegates to, outermost first."""
    found = []
    while generator is not None and getattr(generator, 'gi_frame', generator) is not None:
        found.append(generator)
        generator = getattr(generator, 'gi_yieldfrom', None)
    return found


def can_be_shared(thing):
    return thing['kind'] != 'generator' or thing['as'] == 'py'


class Bag:
    def __init__(self, things, of):
        self.thing = things[of % len(things)] if things else None

    def __iter__(self):
        return iter(self.thing)


def make_iterator(world, thing, name):
    """An iterator that does what the program says, one act after the other, whichever of its methods is called."""
    acts = iter(thing['acts'])

    def do(method, *args):
        world.trace.write(name, method, *args)
        act = next(acts, {'act': 'done', 'value': None})
        if act['act'] == 'raise':
            raise world.error(act['error'])
        if act['act'] == 'command':
            world.perform(act['command'], False)
            return 'performed'
        if act['act'] == 'yield' or (act['act'] == 'done' and method == 'close'):
            return act['value']
        raise StopIteration(act['value'])

    methods = {'__iter__': lambda self: self, '__next__': lambda self: do('next')}
    if thing['send'] != 'nothing':
        methods['send'] = lambda self, value: do('send', value)
    if thing['throw']:
        methods['throw'] = lambda self, error, *rest: do('throw', instance(error, *rest))
    if thing['close'] != 'nothing':
        methods['close'] = lambda self: do('close')
    return type('Iterator', (), methods)()


def instance(error, message=None, *rest):
    """An iterator's throw() is given what the generator's throw() was given: a class as a class."""
    if not isinstance(error, type):
        return error
    return error() if message is None else error(message)
