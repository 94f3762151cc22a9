"""G32: A switch that cannot be made raises its error where it was made, and leaves both greenlets as they were."""
from greenlet import getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('the greenlet that switched continues, and so do all others')
def _(log):
    def run():
        try:
            bare.switch('lost')
        except AttributeError as error:
            log('caught', error, 'in', getcurrent())
        log('gets', main.switch('still here'))
        return 'run is done'

    main = getcurrent()
    bare = greenlet()
    g = greenlet(run)
    g.label = 'g'
    log('main gets', g.switch())
    log('main gets', g.switch('go on'))
    log(bool(bare), bare.dead, g.dead)


@program('the arguments of the switch are dropped')
def _(log):
    bare = greenlet()
    for value in ['first', 'second']:
        try:
            bare.switch(value, value)
        except AttributeError as error:
            log(error)
    try:
        bare.throw(Boom)
    except AttributeError as error:
        log(error)
    bare.run = lambda *args: ['run got', *args]
    log(bare.switch('third'))


@program('the target may be the ancestor of a dead greenlet')
def _(log):
    def run():
        for n in range(2):
            try:
                dead.switch(n)
            except Exception as error:
                log('caught', error)
            dead.parent = fails
        return 'run is done'

    class Fails(greenlet):
        @property
        def run(self):
            raise Boom

    fails = Fails()
    dead = greenlet(lambda: None)
    dead.switch()
    dead.parent = greenlet()
    log('main gets', greenlet(run).switch())
    log(fails.dead, dead.parent is fails)


@program('the tracer is not called')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def run():
        try:
            bare.switch()
        except AttributeError as error:
            log('caught', error)

    bare = greenlet()
    g = greenlet(run)
    g.label = 'g'
    settrace(tracer)
    try:
        bare.throw(Boom)
    except AttributeError as error:
        log('main caught', error)
    g.switch()
    settrace(None)


@program('if not caught, the error ends the greenlet that switched, like any error')
def _(log):
    def run():
        bare.switch()

    def parent_run():
        try:
            greenlet(run).switch()
        except AttributeError as error:
            log('parent caught', error)
        bare.run = lambda: 'bare ran'
        return bare.switch()

    bare = greenlet()
    log('main gets', greenlet(parent_run).switch())
    log(bare.dead)
