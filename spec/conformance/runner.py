"""Runs the Python twins of a folder and prints what they logged, as JSON.

    python runner.py FOLDER

Each file there holds programs: functions marked @program('what it shows') that take `log`, or @table({...}) for several
that differ in what they are given. A program runs in a thread of its own, so that each has a main greenlet and a
context of its own.
"""
import importlib.util
import json
import platform
import sys
import threading
import types
from functools import partial
from pathlib import Path

PROGRAMS = []
# What has another name there.
NAMES = {'error': 'GreenletError', 'Cancelled': 'CancelledError', 'TooSlowError': 'TimeoutError'}


def program(title):
    def register(function):
        PROGRAMS.append((title, function))
        return function
    return register


def table(rows):
    """One program for each row of a table, under the title of the row; `table()` in TypeScript."""
    def register(function):
        for title, row in rows.items():
            program(title)(partial(function, **row))
        return function
    return register


def show(value):
    """One way to print a value, the same in both languages."""
    if value is None or value == ():
        return 'None'
    if isinstance(value, (tuple, list)):
        return '[' + ', '.join(map(show, value)) + ']'
    if isinstance(value, BaseException):
        return class_name(type(value))
    if isinstance(value, type):
        return class_name(value)
    if hasattr(value, 'label'):
        return value.label
    if hasattr(value, 'gr_frame'):
        return 'main' if value.parent is None else 'greenlet'
    if isinstance(value, types.GeneratorType):
        return f'generator {value.__name__}'
    if callable(value) and hasattr(value, '__name__'):
        return value.__name__
    return str(value)


def class_name(cls):
    return NAMES.get(cls.__name__, cls.__name__)


def run(function):
    lines = []

    def log(*values):
        lines.append(' '.join(map(show, values)))

    def body():
        try:
            function(log)
        except BaseException as error:
            log('escaped', error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    return lines


def main(folder):
    sys.modules['programs'] = sys.modules[__name__]
    sys.path.insert(0, str(Path(folder) / 'support'))
    traces = {}
    for file in sorted(Path(folder).glob('*.py')):
        PROGRAMS.clear()
        spec = importlib.util.spec_from_file_location(file.stem, file)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
        traces[file.stem] = {title: run(function) for title, function in PROGRAMS}
    versions = {'python': platform.python_version()}
    for package in ('greenlet', 'trio'):
        if package in sys.modules:
            versions[package] = sys.modules[package].__version__
    json.dump({'recorded with': versions, 'traces': traces}, sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main(sys.argv[1])
