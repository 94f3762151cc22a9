"""Y15: Python closes a generator as soon as it is dropped; here, the loop or statement that owns it does (CPython
3.13).
"""
from contextlib import closing

from programs import program
from steps import step


@program('a loop that breaks closes its generator')
def _(log):
    def inner():
        try:
            yield 1
            yield 2
        finally:
            log('inner leaves')

    for value in inner():
        log('got', value)
        break
    log('after the loop')


@program('a loop left by return or by an error closes its generator before anything else happens')
def _(log):
    def inner():
        try:
            yield 1
            yield 2
        finally:
            log('inner leaves')

    def search(wanted):
        for value in inner():
            if value == wanted:
                return value
            if wanted == 'error':
                raise ValueError('mine')

    log('returned', search(2))
    try:
        search('error')
    except ValueError as error:
        log('caught', error)


@program('a loop that runs to the end has nothing left to close')
def _(log):
    def inner():
        try:
            yield 1
        except GeneratorExit as error:
            log('never here', error)
        finally:
            log('inner leaves')

    for value in inner():
        log('got', value)
    log('after the loop')


@program('in a chain of delegating generators, the innermost is closed first')
def _(log):
    def level(depth):
        try:
            if depth == 3:
                yield 'deep'
            else:
                yield from level(depth + 1)
        except GeneratorExit as error:
            log(depth, 'caught', error)
            raise

    for value in level(1):
        log('got', value)
        break
    log('after the loop')


@program('a pipeline is closed from its end to its source')
def _(log):
    def numbers():
        try:
            for n in range(10):
                log('made', n)
                yield n
        finally:
            log('numbers leaves')

    def evens():
        try:
            for n in numbers():
                if n % 2 == 0:
                    yield n
        finally:
            log('evens leaves')

    def outer():
        try:
            yield from evens()
        finally:
            log('outer leaves')

    for n in outer():
        log('got', n)
        if n > 1:
            break
    log('after the loop')


@program('taking only the first value closes the rest')
def _(log):
    def inner():
        try:
            yield 1
            log('never here')
        finally:
            log('inner leaves')

    first = next(inner())
    log('got', first)


@program('a generator that never started has nothing to run')
def _(log):
    def inner():
        try:
            log('never here')
            yield 1
        finally:
            log('never here')

    def outer(sub):
        yield from sub

    outer(inner())
    log('dropped')


@program('closing() closes it whatever happens')
def _(log):
    def inner():
        try:
            yield 1
            yield 2
        finally:
            log('inner leaves')

    with closing(inner()) as g:
        step(log, lambda: next(g))
    step(log, lambda: next(g))
    try:
        with closing(inner()) as g:
            step(log, lambda: next(g))
            raise ValueError('mine')
    except ValueError as error:
        log('caught', error)
