"""What a program logs, and how much it may do; the twin of trace.ts."""
import re

LIMIT = 250

# The messages that are a promise. Others are worded for each language; those of a program are e and a number.
PROMISED = {
    'generator already executing',
    'generator ignored GeneratorExit',
    'generator raised StopIteration',
    'Lock is not acquired.',
    'BoundedSemaphore released too many times',
    'task_done() called too many times',
    'Barrier aborted',
    'Abort or reset of barrier',
    'unhandled errors in a TaskGroup',
    'async generator ignored GeneratorExit',
    'athrow(): asynchronous generator is already running',
    'aclose(): asynchronous generator is already running',
}


class Trace:
    def __init__(self):
        self.lines = []
        self.steps = 0
        self.names = {}

    def step(self):
        """Count a step. False when there were too many: then everything ends, and nothing is logged any more."""
        if self.steps == LIMIT:
            self.write('too many steps')
        self.steps += 1
        return self.steps <= LIMIT

    def write(self, *words):
        if self.steps <= LIMIT:
            self.lines.append(' '.join(map(self.show, words)))

    def name(self, thing, name):
        """Give an object the name that it is logged by. It must live as long as the trace."""
        self.names[id(thing)] = name
        return thing

    def show(self, value):
        """One way to print a value, the same in both languages."""
        if value is None or value == ():
            return 'None'
        if isinstance(value, (list, tuple)):
            return '[' + ', '.join(map(self.show, value)) + ']'
        if isinstance(value, type):
            return f'{class_name(value)}()'
        if isinstance(value, BaseException):
            cause = f' from {self.show(value.__cause__)}' if value.__cause__ is not None else ''
            inside = f' of {self.show(value.exceptions)}' if isinstance(value, BaseExceptionGroup) else ''
            return f'{class_name(type(value))}({said(value)}){inside}{cause}'
        if isinstance(value, (bool, int, str)):
            return str(value)
        return self.names.get(id(value), 'something')


def class_name(cls):
    return {'error': 'GreenletError', 'BaseExceptionGroup': 'ExceptionGroup'}.get(cls.__name__, cls.__name__)


def said(error):
    message = error.message if isinstance(error, BaseExceptionGroup) else str(error)
    return message if message in PROMISED or re.fullmatch(r'e\d+', message) else ''
