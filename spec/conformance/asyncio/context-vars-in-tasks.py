"""Each task and each callback runs in a copy of the context in which it was created (PEP 567)."""
from asyncio import (
    CancelledError, Task, create_task, eager_task_factory, gather, get_running_loop, shield, sleep, wait_for,
)
from contextvars import Context, ContextVar, copy_context

from errors import Boom
from probes import attempt, turn
from programs import program
from virtual import new_loop, run


def fail():
    raise Boom


@program('a task has a copy from the moment it was created')
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


@program('the main coroutine of run() has a copy too')
def _(log):
    async def main():
        log(variable.get())
        variable.set('by main')

    variable = ContextVar('variable', default='default')
    variable.set('before')
    run(main())
    log(variable.get())


@program('awaiting a coroutine shares the context')
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


@program('a task created inside run() inherits from there')
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


@program('wait_for() awaits in the same context, shield() creates a task')
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


@program('a cancelled task resets what it set, in its own context')
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


@program('an eager task has a copy although it begins at once')
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


@program('an eager task may be given a context')
def _(log):
    async def child():
        variable.set('by the child')

    async def main():
        context = copy_context()
        task = Task(child(), loop=get_running_loop(), eager_start=True, context=context)
        log(task.done(), variable.get(), context[variable], task.get_context() is context)

    variable = ContextVar('variable', default='default')
    run(main())


@program('callbacks pass their context on')
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


@program('timers run in the context in which they were created')
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


@program('a done callback runs in the context in which it was added')
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


@program('the number of a request follows it everywhere')
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
