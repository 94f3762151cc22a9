"""G28: Each greenlet has its own context for context variables, which is empty at first."""
from contextvars import Context, ContextVar, copy_context

from greenlet import getcurrent, greenlet
from programs import program


@program('a new greenlet begins with an empty context and sets variables for itself only')
def _(log):
    def run():
        log('greenlet has', var.get())
        var.set('of the greenlet')
        log('greenlet has', var.get(), main.switch())
        log('greenlet has', var.get())

    main = getcurrent()
    var = ContextVar('var', default='default')
    var.set('of main')
    g = greenlet(run)
    g.switch()
    log('main has', var.get())
    var.set('of main again')
    g.switch('back')
    log('main has', var.get())


@program('its context is None until it sets a variable')
def _(log):
    def run():
        log('running', g.gr_context is None)
        var.set('value')
        log('set', isinstance(g.gr_context, Context))
        main.switch()

    main = getcurrent()
    var = ContextVar('var')
    g = greenlet(run)
    log('unstarted', g.gr_context is None)
    g.switch()
    log('waiting', isinstance(g.gr_context, Context), g.gr_context[var], len(g.gr_context))
    g.switch()
    log('dead', g.gr_context is None)


@program('it may be given a copy of the current context, or share one')
def _(log):
    def run(value):
        me = getcurrent()
        log(me, 'has', var.get())
        var.set(value)
        main.switch()
        log(me, 'has', var.get())

    main = getcurrent()
    var = ContextVar('var', default='default')
    var.set('of main')
    copied = greenlet(run)
    copied.label = 'copied'
    copied.gr_context = copy_context()
    copied.switch('of copied')
    log('main has', var.get())
    shared = []
    for name in ['first', 'second']:
        g = greenlet(run)
        g.label = name
        g.gr_context = copied.gr_context
        g.switch(f'of {name}')
        shared.append(g)
    for g in [copied, *shared]:
        g.switch()
    log('main has', var.get())


@program('it may be set while the greenlet runs or waits, and removed')
def _(log):
    def run():
        var.set('its own')
        mine = g.gr_context
        g.gr_context = other
        log('running with', var.get(), g.gr_context is other)
        main.switch()
        log('given', var.get(), g.gr_context is other)
        main.switch()
        log('without', var.get())
        g.gr_context = mine
        log('again', var.get())

    main = getcurrent()
    var = ContextVar('var', default='default')
    other = Context()
    other.run(var.set, 'of the other')
    g = greenlet(run)
    g.switch()
    g.gr_context = copy_context()
    g.switch()
    g.gr_context = None
    g.switch()
    log(g.dead)


@program('it is the entered context, for as long as one is entered')
def _(log):
    def inside():
        log('inside', var.get(), getcurrent().gr_context is entered)

    def run():
        var.set('its own')
        entered.run(inside)
        log('outside', var.get(), getcurrent().gr_context is entered)
        main.switch()
        entered.run(inside)
        log('outside', var.get())

    main = getcurrent()
    var = ContextVar('var', default='default')
    entered = Context()
    entered.run(var.set, 'of the entered')
    g = greenlet(run)
    g.switch()
    entered.run(inside)
    g.switch()


@program('anything else is a TypeError, and a token is valid in its own context only')
def _(log):
    def run():
        try:
            var.reset(token)
        except ValueError as error:
            log('greenlet caught', error)
        mine = var.set('of the greenlet')
        var.reset(mine)
        log('greenlet has', var.get())

    var = ContextVar('var', default='default')
    token = var.set('of main')
    g = greenlet(run)
    for context in [5, 'context', {}]:
        try:
            g.gr_context = context
        except TypeError as error:
            log(error)
    g.switch()
    var.reset(token)
    log('main has', var.get())


@program('copying the context creates one if there was none')
def _(log):
    def run():
        log(g.gr_context is None)
        copied = copy_context()
        log(g.gr_context is None, len(copied))

    g = greenlet(run)
    g.switch()
