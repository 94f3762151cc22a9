"""What is told of a program: the events, values in words, and one `Life` for each of its generators."""
import inspect
import re

events = []


def show(value):
    """A value in the words of JavaScript."""
    if value is None:
        return 'undefined'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value[:37]}...'" if len(value) > 40 else f"'{value}'"
    if isinstance(value, (list, tuple)):
        return '[' + ', '.join(map(show, value)) + ']'
    if isinstance(value, BaseException):
        name = type(value).__name__
        name = 'Error' if name == 'Exception' else name
        return f'{name}: {value}' if str(value) else name
    if inspect.isgenerator(value):
        return 'Generator'
    if hasattr(value, 'in_words'):
        return value.in_words()
    return getattr(value, '__name__', None) or (str(value) if isinstance(value, (int, float)) else type(value).__name__)


def camel(name):
    return re.sub('_(.)', lambda match: match[1].upper(), name)


class Moment:
    """Where the program is."""
    clock = None
    """Gives the time of the loop that runs."""
    latest = None
    """The generator that has told something last."""
    waits = False
    """Has the task whose turn it is told for what it waits?"""
    silent = False


def tell(kind, frame=None, parent=None, depth=0, value='', **more):
    """`own=True` for what each language says in its own words: the value is not compared."""
    if Moment.silent:
        return
    event = {'kind': kind, 'frame': frame, 'parent': parent, 'depth': depth, 'value': value, **more}
    events.append({**event, 'time': Moment.clock()} if Moment.clock else event)


def numbered(name):
    Life.counts[name] = count = Life.counts.get(name, 0) + 1
    return name if count == 1 else f'{name}#{count}'


def is_of_program(value):
    """Is it a coroutine that the program has written, also one of `@types.coroutine`?"""
    code = value.cr_code if inspect.iscoroutine(value) else value.gi_code if inspect.isgenerator(value) else None
    return code is not None and code.co_filename == Life.file


class Life:
    """One generator, from its first `next()` to its end."""
    counts = {}
    delegating = None
    file = None

    def __init__(self, name, line):
        name = camel(name)
        self.frame = numbered(name)
        self.parent, self.depth = None, 0
        if Life.delegating is not None:
            self.parent, self.depth = Life.delegating.frame, Life.delegating.depth + 1
            Life.delegating = None
        self.state = 'runs'
        self.closing = self.over = False
        self.value = None
        self.tell('enter', line)

    def tell(self, kind, line, value='', **more):
        self.at = line
        Moment.latest = self
        tell(kind, self.frame, self.parent, self.depth, value, line=line, **more)

    def yields(self, line, value=None):
        self.tell('yield', line, show(value))
        self.state = 'yields'
        return value

    def emits(self, line, value=None):
        """An asynchronous generator gives a value to who asked for it."""
        self.tell('emit', line, show(value))
        self.state = 'delegates'
        return value

    def sent(self, line, value):
        self.state = 'runs'
        self.tell('send', line, show(value))
        return value

    def delegate(self, line, value):
        self.tell('delegate', line, camel(value.__name__) if inspect.isgenerator(value) else show(value))
        self.state = 'delegates'
        Life.delegating = self
        return value

    def awaits(self, line, value):
        """It awaits. A coroutine of the program is a delegate; anything else may be a wait, of which the loop will tell."""
        if is_of_program(value):
            self.tell('delegate', line, camel(value.__name__))
            Life.delegating = self
        self.at = line
        self.state = 'delegates'
        Moment.latest = self
        return value

    def opens(self, line):
        """A block begins, with something that is closed at its end. Here it is a statement, and no generator."""
        self.tell('delegate', line, 'async with', own=True)

    def closed(self, line):
        self.tell('result', line, show(None), own=True)

    def loops(self, line, items):
        """It loops over an asynchronous generator, which has it as its delegator when it begins."""
        return Loop(self, items)

    def result(self, line, value):
        Life.delegating = None
        self.state = 'runs'
        self.tell('result', line, show(value))
        return value

    def returns(self, line, value=None):
        self.value = value
        self.at = line
        return value

    def raises(self, line):
        self.at = line

    def interrupted(self, error):
        if self.state != 'runs':
            if isinstance(error, GeneratorExit):
                self.closing = True
                self.tell('close', self.at)
            else:
                self.tell('throw' if self.state == 'yields' else 'fail', self.at, show(error))
        Life.delegating = None
        self.state = 'runs'

    def caught(self, line, error):
        self.interrupted(error)
        self.tell('catch', line, show(error))

    def passes(self, error):
        self.interrupted(error)

    def final(self, line):
        self.tell('finally', line)

    def ends(self, error):
        self.interrupted(error)
        self.over = True
        if self.closing and isinstance(error, GeneratorExit):
            self.tell('return', self.at, 'undefined')
        else:
            self.tell('raise', self.at, show(error))

    def exit(self):
        if not self.over:
            self.tell('return', self.at, show(self.value))


class Loop:
    """What an `async for` asks for items."""

    def __init__(self, life, items):
        self.life, self.items = life, aiter(items)

    def __aiter__(self):
        return self

    def __anext__(self):
        if inspect.isasyncgen(self.items) and inspect.getasyncgenstate(self.items) == inspect.AGEN_CREATED:
            Life.delegating = self.life
        return anext(self.items)
