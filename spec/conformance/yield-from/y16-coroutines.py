"""Y16: `await` is `yield from` for coroutines. A coroutine runs once, and only awaitable objects can be awaited
(PEP 492).
"""
import types
from inspect import iscoroutine

from programs import program
from steps import attempt, step


@types.coroutine
def pause(value):
    return (yield value)


@program('a call runs nothing; awaited, values pass out and in, and the return value is the value of await')
def _(log):
    async def inner(name):
        log('inner runs')
        log('inner got', await pause(name))
        return 'inner result'

    async def outer():
        coro = inner('ready')
        log('made')
        log('outer got', await coro)
        return 'outer result'

    g = outer()
    log('nothing yet')
    step(log, lambda: g.send(None))
    step(log, lambda: g.send('sent'))


@program('an object defines how it is awaited')
def _(log):
    class Ticket:
        def __init__(self, n):
            self.n = n

        def __await__(self):
            got = yield ['ticket', self.n]
            return [self.n, got]

    async def outer():
        ticket = Ticket(7)
        log('outer got', await ticket)
        log('outer got', await ticket)

    g = outer()
    step(log, lambda: g.send(None))
    step(log, lambda: g.send('a'))
    step(log, lambda: g.send('b'))


@program('a coroutine that has finished cannot be awaited again')
def _(log):
    async def inner(fails):
        if fails:
            raise ValueError('mine')
        return 'result'

    async def outer(fails):
        coro = inner(fails)
        for _ in range(3):
            try:
                log('outer got', await coro)
            except Exception as error:
                log('outer caught', error, str(error))

    step(log, lambda: outer(False).send(None))
    step(log, lambda: outer(True).send(None))


@program('a coroutine that is being awaited cannot be awaited by another')
def _(log):
    async def inner():
        log('inner got', await pause('inner'))
        return 'inner result'

    async def outer(name):
        try:
            log(name, 'got', await coro)
        except RuntimeError as error:
            log(name, 'caught', error, str(error))

    coro = inner()
    first = outer('first')
    second = outer('second')
    step(log, lambda: first.send(None))
    step(log, lambda: second.send(None))
    step(log, lambda: first.send('sent'))


@program('errors pass in and out through a chain of coroutines')
def _(log):
    async def level(depth):
        try:
            if depth == 3:
                await pause('deep')
            else:
                await level(depth + 1)
        except ValueError as error:
            log(depth, 'caught', error)
            if depth == 2:
                return log('resumed with', await pause('recovering'))
            raise
        finally:
            log(depth, 'leaves')

    g = level(1)
    step(log, lambda: g.send(None))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: g.send('sent'))


@program('close passes through a chain of coroutines, the innermost first')
def _(log):
    async def level(depth):
        try:
            if depth == 3:
                await pause('deep')
            else:
                await level(depth + 1)
        except GeneratorExit as error:
            log(depth, 'caught', error)
            return depth

    g = level(1)
    step(log, lambda: g.send(None))
    attempt(log, lambda: g.close())
    attempt(log, lambda: g.close())


@program('before its start, a coroutine refuses a value, and an error or close ends it for good')
def _(log):
    async def inner():
        log('never here')

    async def outer(coro):
        return await coro

    g = inner()
    step(log, lambda: g.send('early'))
    step(log, lambda: g.throw(ValueError('mine')))
    step(log, lambda: outer(g).send(None))
    g = inner()
    attempt(log, lambda: g.close())
    step(log, lambda: outer(g).send(None))


@program('awaiting anything else is a TypeError in the body, which may continue')
def _(log):
    async def outer():
        for thing in (5, None, object()):
            try:
                await thing
            except TypeError as error:
                log('outer caught', error)
        return await pause('unharmed')

    g = outer()
    step(log, lambda: g.send(None))
    step(log, lambda: g.send('sent'))


@program('the object that a call returns is a coroutine; the function, a list and None are not')
def _(log):
    async def inner():
        pass

    coro = inner()
    log([iscoroutine(thing) for thing in (coro, inner, [], None, 5, 'text', ValueError('mine'))])
    attempt(log, lambda: coro.close())
    log(iscoroutine(coro))
