"""Context variables: each task and each callback has a copy of the context in which it was made."""
from asyncio import (
    CancelledError, Task, create_task, eager_task_factory, gather, get_running_loop, shield, sleep, wait_for,
)
from contextvars import Context, ContextVar, Token, copy_context

from probes import attempt, turn
from programs import program
from virtual import new_loop, run


class Boom(Exception):
    pass


def fail():
    raise Boom


@program('get() gives what was set, else the fallback, else the default')
def _(log):
    plain, rich = ContextVar('plain'), ContextVar('rich', default='default')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
    plain.set('set')
    rich.set('set')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())


@program('without any of them it is a LookupError')
def _(log):
    variable = ContextVar('variable')
    attempt(log, lambda: variable.get())
    token = variable.set('set')
    attempt(log, lambda: variable.get())
    variable.reset(token)
    attempt(log, lambda: variable.get())


@program('None is a value like others')
def _(log):
    variable = ContextVar('variable', default='default')
    variable.set(None)
    log(variable.get(), variable.get('fallback'), variable in copy_context())


@program('two variables of one name are two')
def _(log):
    one, two = ContextVar('name', default='none'), ContextVar('name', default='none')
    one.set('one')
    log(one.name, two.name, one.get(), two.get())


@program('reset() puts back what was there before the set()')
def _(log):
    variable = ContextVar('variable', default='default')
    first = variable.set('first')
    second = variable.set('second')
    variable.reset(second)
    log(variable.get())
    variable.reset(first)
    log(variable.get(), variable in copy_context())


@program('tokens may be used in any order')
def _(log):
    variable = ContextVar('variable', default='default')
    first = variable.set('first')
    second = variable.set('second')
    third = variable.set('third')
    variable.reset(first)
    log(variable.get())
    variable.reset(third)
    log(variable.get())
    variable.reset(second)
    log(variable.get())


@program('a token knows its variable, and the value from before')
def _(log):
    variable = ContextVar('variable', default='default')
    first = variable.set('first')
    second = variable.set('second')
    log(first.var is variable, first.old_value is Token.MISSING, second.old_value)


@program('a token is good for one reset()')
def _(log):
    variable = ContextVar('variable', default='default')
    token = variable.set('set')
    attempt(log, lambda: variable.reset(token))
    attempt(log, lambda: variable.reset(token))
    log(variable.get())


@program('a token of another variable is refused, and stays good')
def _(log):
    one, two = ContextVar('one', default='none'), ContextVar('two', default='none')
    token = one.set('one')
    attempt(log, lambda: two.reset(token))
    attempt(log, lambda: one.reset(token))
    log(one.get(), two.get())


@program('a token of another context is refused, and stays good')
def _(log):
    variable = ContextVar('variable', default='none')
    token = variable.set('set')
    copy = copy_context()
    attempt(log, lambda: copy.run(variable.reset, token))
    attempt(log, lambda: variable.reset(token))
    log(variable.get(), copy[variable])


@program('of a used token, that it is used is said first')
def _(log):
    one, two = ContextVar('one'), ContextVar('two')
    token = one.set('one')
    one.reset(token)
    attempt(log, lambda: two.reset(token))
    attempt(log, lambda: Context().run(one.reset, token))


@program('a copy of the context is a snapshot')
def _(log):
    variable = ContextVar('variable', default='default')
    variable.set('before')
    copy = copy_context()
    variable.set('after')
    log(copy[variable], variable.get(), copy.run(variable.get))


@program('a context is a mapping, in which defaults do not count')
def _(log):
    def body():
        one.set(1)
        two.set(2)
        context = copy_context()
        log(len(context), one in context, three in context)
        log(context.get(one), context.get(three), context.get(three, 'fallback'))
        log(sorted(variable.name for variable in context))
        log(sorted([variable.name, value] for variable, value in context.items()))

    one, two, three = ContextVar('one'), ContextVar('two'), ContextVar('three', default=3)
    Context().run(body)


@program('a new context is empty')
def _(log):
    variable = ContextVar('variable', default='default')
    variable.set('set')
    context = Context()
    log(len(context), variable in context, context.run(variable.get), context.run(lambda: len(copy_context())))


@program('what is set inside of run() stays in that context')
def _(log):
    def body(value):
        log(variable.get())
        variable.set(value)
        return 'returned'

    variable = ContextVar('variable', default='default')
    context = copy_context()
    log(context.run(body, 'one'), context.run(body, 'two'))
    log(context[variable], variable.get(), context.run(variable.get))


@program('a context can be entered once at a time, a copy of it in between')
def _(log):
    def body():
        variable.set('inside')
        attempt(log, lambda: context.run(variable.get))
        attempt(log, lambda: context.copy().run(variable.get))
        attempt(log, lambda: copy_context().run(variable.get))

    variable = ContextVar('variable', default='default')
    context = Context()
    context.run(body)
    attempt(log, lambda: context.run(variable.get))


@program('an error leaves the context too')
def _(log):
    variable = ContextVar('variable', default='default')
    context = Context()
    attempt(log, lambda: context.run(fail))
    attempt(log, lambda: context.run(variable.set, 'inside') and context.run(variable.get))
    log(variable.get())


@program('contexts nest')
def _(log):
    def body(depth):
        variable.set(depth)
        if depth < 3:
            contexts[depth].run(body, depth + 1)
        log(variable.get(), [context.get(variable, 0) for context in contexts])

    variable = ContextVar('variable', default='default')
    contexts = [Context(), Context(), Context()]
    body(0)


@program('a generator has no context of its own')
def _(log):
    def values():
        variable.set('by the generator')
        yield variable.get()
        yield variable.get()

    variable = ContextVar('variable', default='default')
    generator = values()
    log(next(generator), variable.get())
    variable.set('by the caller')
    log(next(generator))
    generator.close()


@program('a task has a copy from the moment at which it was made')
def _(log):
    async def child():
        log('child sees', variable.get())
        variable.set('by the child')
        await sleep(1)
        log('child sees', variable.get())

    async def main():
        variable.set('before')
        task = create_task(child())
        variable.set('after')
        await task
        log('main sees', variable.get(), 'the task has', task.get_context()[variable])

    variable = ContextVar('variable', default='default')
    run(main())


@program('what run() runs has a copy, too')
def _(log):
    async def main():
        log(variable.get())
        variable.set('by main')

    variable = ContextVar('variable', default='default')
    variable.set('before')
    run(main())
    log(variable.get())


@program('a coroutine that is awaited shares the context')
def _(log):
    async def callee(depth):
        variable.set(variable.get() + 1)
        await sleep(1)
        if depth > 1:
            await callee(depth - 1)

    async def main():
        await callee(3)
        log(variable.get())
        coroutine = callee(1)
        variable.set(100)
        await coroutine
        log(variable.get())

    variable = ContextVar('variable', default=0)
    run(main())


@program('siblings do not see each other')
def _(log):
    async def child(name):
        variable.set(name)
        for _ in range(2):
            await sleep(1)
            log(name, 'sees', variable.get())

    async def main():
        await gather(child('a'), child('b'), child('c'))
        log('main sees', variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('grandchildren inherit from their parents')
def _(log):
    async def child(name, depth):
        variable.set(variable.get() + name)
        if depth > 0:
            await gather(child('l', depth - 1), child('r', depth - 1))
        else:
            log(variable.get())

    async def main():
        await child('_', 2)
        log(variable.get())

    variable = ContextVar('variable', default='')
    run(main())


@program('tasks may share a context')
def _(log):
    async def child(name):
        log(name, 'sees', variable.get())
        variable.set(name)
        await sleep(1)
        log(name, 'sees', variable.get())

    async def main():
        context = copy_context()
        a, b = create_task(child('a'), context=context), create_task(child('b'), context=context)
        await gather(a, b)
        log(variable.get(), context[variable], a.get_context() is context, b.get_context() is context)

    variable = ContextVar('variable', default='default')
    run(main())


@program('the context of a task may be entered while the task waits')
def _(log):
    async def child():
        variable.set('by the child')
        await sleep(1)
        log(variable.get())

    async def main():
        task = create_task(child(), context=context)
        await sleep(0)
        attempt(log, lambda: context.run(variable.get))
        context.run(variable.set, 'from outside')
        await task
        attempt(log, lambda: context.run(variable.get))

    variable = ContextVar('variable', default='default')
    context = Context()
    run(main())


@program('a task made inside of run() inherits from there')
def _(log):
    async def child():
        log(variable.get())

    def make():
        variable.set('inside')
        return create_task(child())

    async def main():
        await copy_context().run(make)
        log(variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('wait_for() awaits in the same context, shield() makes a task')
def _(log):
    async def child(value):
        variable.set(value)

    async def main():
        await wait_for(child('by wait_for'), 10)
        log(variable.get())
        await shield(child('by shield'))
        log(variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('a token of one task is refused in another')
def _(log):
    async def child(token):
        attempt(log, lambda: variable.reset(token))

    async def main():
        token = variable.set('set')
        await create_task(child(token))
        await sleep(1)
        await child(token)
        log(variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('a cancelled task puts back what it set, in its own context')
def _(log):
    async def child():
        token = variable.set('by the child')
        try:
            await sleep(100)
        except CancelledError:
            log(variable.get())
        finally:
            variable.reset(token)
        log(variable.get())

    async def main():
        variable.set('by main')
        task = create_task(child())
        await sleep(1)
        variable.set('changed')
        task.cancel()
        await task

    variable = ContextVar('variable', default='default')
    run(main())


@program('an eager task has a copy, though it begins at once')
def _(log):
    async def child():
        log('child sees', variable.get())
        variable.set('by the child')
        log('child sees', variable.get())
        await sleep(1)
        log('child sees', variable.get())

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        variable.set('by main')
        task = create_task(child())
        log('main sees', variable.get())
        variable.set('changed')
        await task

    variable = ContextVar('variable', default='default')
    run(main())


@program('an eager task may be given its context')
def _(log):
    async def child():
        variable.set('by the child')

    async def main():
        context = copy_context()
        task = Task(child(), loop=get_running_loop(), eager_start=True, context=context)
        log(task.done(), variable.get(), context[variable], task.get_context() is context)

    variable = ContextVar('variable', default='default')
    run(main())


@program('callbacks hand their context on')
def _(log):
    def link(depth):
        log(depth, variable.get())
        variable.set(depth)
        if depth < 3:
            loop.call_soon(link, depth + 1)
        variable.set('never seen')

    variable = ContextVar('variable', default='default')
    loop = new_loop()
    loop.call_soon(link, 0)
    variable.set('set here')
    for _ in range(4):
        turn(loop)
    log(variable.get())
    loop.close()


@program('a callback that fails leaves its context')
def _(log):
    def failing():
        variable.set('by the callback')
        fail()

    variable = ContextVar('variable', default='default')
    loop = new_loop()
    context = copy_context()
    loop.set_exception_handler(lambda loop, report: log('report', report['exception']))
    loop.call_soon(failing, context=context)
    loop.call_soon(lambda: log(variable.get()))
    loop.call_soon(lambda: log(variable.get()), context=context)
    turn(loop)
    log(variable.get())
    loop.close()


@program('timers have the context in which they were made')
def _(log):
    async def main():
        loop = get_running_loop()
        for value in ('a', 'b'):
            variable.set(value)
            loop.call_later(10, lambda: log(variable.get()))
        variable.set('c')
        loop.call_at(5, lambda: log(variable.get()))
        variable.set('d')
        await sleep(20)

    variable = ContextVar('variable', default='default')
    run(main())


@program('a done callback has the context in which it was added')
def _(log):
    async def child():
        variable.set('by the child')

    async def main():
        task = create_task(child())
        variable.set('by main')
        task.add_done_callback(lambda _: log('first', variable.get()))
        variable.set('changed')
        task.add_done_callback(lambda _: log('second', variable.get()))
        task.add_done_callback(lambda _: log('third', variable.get()), context=Context())
        await task
        await sleep(0)

    variable = ContextVar('variable', default='default')
    run(main())


@program('a request has its number wherever it goes')
def _(log):
    async def store(key):
        await sleep(3)
        log('request', request.get(), 'stores', key)

    async def handle(number):
        request.set(number)
        await sleep(10 - number)
        log('request', request.get(), 'begins')
        await gather(store('x'), create_task(store('y')), wait_for(store('z'), 10))
        log('request', request.get(), 'ends')

    async def main():
        await gather(*(handle(number) for number in range(3)))

    request = ContextVar('request', default='none')
    run(main())
