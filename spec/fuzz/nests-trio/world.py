"""A program that runs in trio: what there is in it, and what can be done to that; the twin of world.ts."""
import trio

from nests.numbers import nth_last, numbered


class Boom(Exception):
    pass


class Actor:
    """A task of the program."""

    def __init__(self, name, base):
        self.name = name
        self.inside = base


class Nest:
    """A nursery or a scope that is entered."""

    def __init__(self, rank, actor):
        self.name = f'n{rank}'
        self.rank = rank
        self.actor = actor
        self.outer = None
        self.nursery = None
        self.scope = None
        self.is_open = False


class World:
    def __init__(self, program):
        self.program = program
        self.numbers = numbered(program)
        self.nests = []
        self.log = []

    def number(self, statement, index=0):
        number = self.numbers[id(statement)]
        return number + index / 16 if index else number

    def time(self, statement, ms, index=0):
        return self.duration(statement, ms, index) if ms else 0

    def duration(self, statement, ms, index=0):
        return ms * 2 ** 26 + ((int(self.number(statement, index) * 16) + 1) * 0x9E3779B1 % 2 ** 32 >> 8)

    def actor(self, name, base):
        return Actor(name, base)

    def entered(self, nest):
        self.nests.append(nest)
        nest.is_open = True
        nest.actor.inside = nest

    def left(self, nest):
        nest.is_open = False
        nest.actor.inside = nest.outer

    def open_group(self, actor, at):
        """A group to begin a task in. One that is cancelled takes no more there, so it does not here."""
        nest = nth_last([nest for nest in around(actor) if nest.nursery], at)
        return nest if nest and not nest.scope._cancel_status.effectively_cancelled else None

    def do(self, who, deed):
        group = deed['op'] == 'cancel' and deed['what'] == 'group'
        nests = around(who) if who else sorted((nest for nest in self.nests if nest.is_open), key=lambda nest: nest.rank)
        nest = nth_last([nest for nest in nests if bool(nest.nursery) == group], deed['at'])
        self.write(who, deed['op'], nest.name if nest else 'nothing')
        if nest and deed['op'] == 'shield':
            nest.scope.shield = deed['on']
        elif nest:
            nest.scope.cancel()

    def write(self, who, *words):
        at = int(trio.current_time())
        name = who.name if who else 'strike'
        self.log.append((at, name, ' '.join([str(at), name, *map(show, words)])))

    def lines(self):
        return [line for _, _, line in sorted(self.log, key=lambda entry: entry[:2])]


def around(actor):
    nests = []
    nest = actor.inside
    while nest:
        nests.insert(0, nest)
        nest = nest.outer
    return nests


def told(error):
    """An error as it would be here: Cancelled is not among other errors, and not in a group."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    cancelled, others = error.split(trio.Cancelled)
    if not others:
        return leaf(cancelled)
    is_loose = getattr(others, 'collapse', False)  # the nursery of start()
    return others.exceptions[0] if is_loose and len(others.exceptions) == 1 else others


def leaf(error):
    return leaf(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def show(value):
    """One way to print a value, the same in both languages."""
    if isinstance(value, Boom):
        return str(value)
    if isinstance(value, BaseExceptionGroup):
        return f'[{", ".join(sorted(map(show, value.exceptions)))}]'
    return type(value).__name__ if isinstance(value, BaseException) else str(value)
