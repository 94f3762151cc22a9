"""G24: The tracer is called after every jump, with `switch` or `throw`, the origin and the target."""
from greenlet import GreenletExit, getcurrent, gettrace, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('settrace returns the previous tracer, gettrace the current one')
def _(log):
    def first(event, greenlets):
        log('first', event)

    def second(event, greenlets):
        log('second', event)

    def run():
        pass

    log(gettrace(), settrace(first))
    log(gettrace(), settrace(first))
    greenlet(run).switch()
    log(settrace(second))
    greenlet(run).switch()
    log(settrace(None), gettrace())
    greenlet(run).switch()


@program('every switch of a conversation, and the death of each')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def a_run():
        b.switch()
        log('a ends')

    def b_run():
        a.switch()
        log('b ends')

    a = greenlet(a_run)
    a.label = 'a'
    b = greenlet(b_run, a)
    b.label = 'b'
    settrace(tracer)
    a.switch()
    b.switch()
    b.switch()
    settrace(None)


@program('when the tracer is called, the target is current and nothing of it has run yet')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, getcurrent() is target, origin.dead, target.dead, bool(target))

    def run(value):
        log('run got', value)
        log('run gets', main.switch('waiting'))

    main = getcurrent()
    g = greenlet(run)
    settrace(tracer)
    log('main gets', g.switch('start'))
    log('main gets', g.switch('go on'))
    settrace(None)


@program('errors that are thrown in, caught, and escape')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def parent_run():
        child = greenlet(child_run)
        child.label = 'child'
        try:
            child.switch()
        except Boom as error:
            log('parent caught', error)
        child.switch('to the dead')
        raise Boom

    def child_run():
        try:
            main.switch(getcurrent())
        except ValueError as error:
            log('child caught', error)
        main.switch()

    main = getcurrent()
    parent = greenlet(parent_run)
    parent.label = 'parent'
    settrace(tracer)
    child = parent.switch()
    child.throw(ValueError)
    try:
        child.throw(Boom)
    except Boom as error:
        log('main caught', error)
    settrace(None)


@program('the tracer may be set and removed in a greenlet, and by the tracer itself')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)
        if greenlets[1] is b:
            log(settrace(None) is tracer)

    def a_run():
        settrace(tracer)
        main.switch()
        b.switch()

    def b_run():
        log('b runs untraced')

    main = getcurrent()
    a = greenlet(a_run)
    a.label = 'a'
    b = greenlet(b_run)
    b.label = 'b'
    a.switch()
    a.switch()
    log(gettrace())


@program('a whole family dies: of an error, of GreenletExit, by returning')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def waits(value=None):
        main.switch()
        return value

    main = getcurrent()
    for error in [Boom(), GreenletExit(), None]:
        grandparent = greenlet(waits)
        grandparent.label = 'grandparent'
        grandparent.switch()
        parent = greenlet(waits, grandparent)
        parent.label = 'parent'
        child = greenlet(waits, parent)
        child.label = 'child'
        child.switch()
        settrace(tracer)
        try:
            log('main gets', child.switch() if error is None else child.throw(error))
        except Boom as caught:
            log('main caught', caught)
        settrace(None)
        log(child.dead, parent.dead, grandparent.dead)
