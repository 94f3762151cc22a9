"""Greenlets, which tell of their switches. greenlet's own tracer does not show what is switched."""
import greenlet
from greenlet import greenlet as Greenlet

from told import camel, show, tell

names = {}
asked = {'frame': None, 'line': None, 'value': None}
"""Who has called `switch()` last, where, and with what."""


def name_of(one):
    if one.parent is None:
        return 'main'
    if one not in names:
        names[one] = camel(getattr(one, 'run').__name__)
    return names[one]


def switch(life, line, target, *values):
    """`target.switch(value)`. @returns what the call evaluates to: what somebody has switched back with."""
    name_of(target)
    note(life, line, values[0] if values else None)
    if life is None:
        return target.switch(*values)
    life.state = 'delegates'
    return life.result(line, target.switch(*values))


def note(life, line, value):
    asked.update(frame=life and life.frame, line=line, value=value)


def body(function):
    """What `@greenlet` makes of a function. What the function returns is what its parent goes on with."""
    def run(*values):
        result = function(*values)
        note(None, None, result)
        return result
    run.__name__ = function.__name__
    return Greenlet(run)


def traced(event, greenlets):
    origin, target = greenlets
    why = 'throw' if event == 'throw' else 'end' if origin.dead else 'switch'
    line = {} if asked['frame'] is None else {'line': asked['line']}
    tell('switch', asked['frame'], value=show(asked['value']), **line, **{'from': name_of(origin), 'to': name_of(target), 'why': why})


def begin(names):
    greenlet.greenlet = body
    names['_switch'] = switch
    greenlet.settrace(traced)
