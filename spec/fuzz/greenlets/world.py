"""The greenlets of a program, and what can be done to them; the twin of world.ts."""
from contextvars import ContextVar

from greenlet import GreenletExit, getcurrent, gettrace, greenlet, settrace

import errors


class Quit(GreenletExit):
    pass


ERRORS = {**errors.ERRORS, 'GreenletExit': GreenletExit, 'Quit': Quit}
CATCHES = {**errors.CATCHES, **ERRORS}


class World:
    def __init__(self, program, trace, body):
        self.trace = trace
        self.body = body
        self.definitions = program['definitions']
        self.variable = ContextVar('variable', default='unset')
        self.all = [trace.name(getcurrent(), 'main')]
        for definition in self.definitions:
            self.make(definition, self.at(definition['parent']))

    def perform(self, operation):
        """Do what its name says."""
        return getattr(self, f"do_{operation['op']}")(operation)

    def error(self, name):
        return ERRORS[name](f'e{self.trace.steps}')

    def do_switch(self, operation):
        return self.at(operation['to']).switch(*operation['args'])

    def do_throw(self, operation):
        error = self.error(operation['error'])
        return self.at(operation['to']).throw(*{
            'instance': [error], 'class': [type(error)], 'message': [type(error), str(error)], 'nothing': [],
        }[operation['form']])

    def do_parent(self, operation):
        self.at(operation['of']).parent = self.at(operation['to'])
        return 'set'

    def do_run(self, operation):
        of = self.at(operation['of'])
        definition = None if operation['like'] is None else self.definition(operation['like'])
        if isinstance(of, Failing) or (definition and definition['run'] == 'fails'):
            return 'not done'  # a property without a setter
        if definition is None:
            del of.run
        else:
            of.run = self.function(definition, self.trace.show(of))
        return 'set'

    def do_make(self, operation):
        parent = getcurrent() if operation['parent'] is None else self.at(operation['parent'])
        return self.make(self.definition(operation['like']), parent)

    def do_trace(self, operation):
        return settrace(self.tracer(operation['tracer'])) is not None

    def do_set(self, operation):
        self.variable.set(operation['value'])
        return 'set'

    def do_get(self, operation):
        return self.variable.get()

    def do_look(self, operation):
        return self.look()

    def look(self):
        """All that can be seen of the greenlets."""
        return [getcurrent(), gettrace() is not None, [
            [g, g.parent, g.dead, bool(g), *([] if g.parent is None else [g.gr_frame is not None])] for g in self.all]]

    def make(self, definition, parent):
        name = f'g{len(self.all)}'
        if definition['run'] == 'fails':
            made = Failing(parent=parent)
            made.world = self
        elif definition['run'] == 'none':
            made = greenlet(parent=parent)
        else:
            made = greenlet(self.function(definition, name), parent)
        self.all.append(made)
        return self.trace.name(made, name)

    def function(self, definition, name):
        def start(*args):
            self.trace.write(name, 'starts', list(args))
            return self.body(self, name, definition['body'])
        return start

    def tracer(self, kind):
        def tracer(event, greenlets):
            self.trace.write('tracer', event, *greenlets, getcurrent())
            if kind == 'raises':
                raise self.error('Boom')
        return None if kind == 'none' else tracer

    def at(self, index):
        return self.all[index % len(self.all)]

    def definition(self, index):
        if not self.definitions:
            return {'run': 'none', 'body': []}
        return self.definitions[index % len(self.definitions)]


class Failing(greenlet):
    @property
    def run(self):
        raise self.world.error('Boom')
