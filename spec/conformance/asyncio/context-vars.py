"""A context variable has a value in each context; a token takes a change back, and a context can be copied and
entered (PEP 567).
"""
from contextvars import Context, ContextVar, Token, copy_context

from errors import Boom
from probes import attempt
from programs import program


def fail():
    raise Boom


@program('get() gives the value, else the fallback, else the default')
def _(log):
    plain, rich = ContextVar('plain'), ContextVar('rich', default='default')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())
    plain.set('set')
    rich.set('set')
    log(plain.get('fallback'), rich.get('fallback'), rich.get())


@program('without value, fallback and default it raises LookupError')
def _(log):
    variable = ContextVar('variable')
    attempt(log, lambda: variable.get())
    token = variable.set('set')
    attempt(log, lambda: variable.get())
    variable.reset(token)
    attempt(log, lambda: variable.get())


@program('None is a value like any other')
def _(log):
    variable = ContextVar('variable', default='default')
    variable.set(None)
    log(variable.get(), variable.get('fallback'), variable in copy_context())


@program('two variables of the same name are different')
def _(log):
    one, two = ContextVar('name', default='none'), ContextVar('name', default='none')
    one.set('one')
    log(one.name, two.name, one.get(), two.get())


@program('reset() restores the value from before set()')
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


@program('a token works once')
def _(log):
    variable = ContextVar('variable', default='default')
    token = variable.set('set')
    attempt(log, lambda: variable.reset(token))
    attempt(log, lambda: variable.reset(token))
    log(variable.get())


@program('a token of another variable is refused, and stays valid')
def _(log):
    one, two = ContextVar('one', default='none'), ContextVar('two', default='none')
    token = one.set('one')
    attempt(log, lambda: two.reset(token))
    attempt(log, lambda: one.reset(token))
    log(one.get(), two.get())


@program('a token of another context is refused, and stays valid')
def _(log):
    variable = ContextVar('variable', default='none')
    token = variable.set('set')
    copy = copy_context()
    attempt(log, lambda: copy.run(variable.reset, token))
    attempt(log, lambda: variable.reset(token))
    log(variable.get(), copy[variable])


@program('a used token says first that it has been used')
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


@program('a context is a mapping, which does not contain defaults')
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


@program('what is set inside run() stays in that context')
def _(log):
    def body(value):
        log(variable.get())
        variable.set(value)
        return 'returned'

    variable = ContextVar('variable', default='default')
    context = copy_context()
    log(context.run(body, 'one'), context.run(body, 'two'))
    log(context[variable], variable.get(), context.run(variable.get))


@program('a context can be entered only once at a time, but a copy of it can be entered meanwhile')
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
