"""G25: A tracer that raises is removed, and its error is raised in the target of the jump."""
from greenlet import GreenletExit, getcurrent, gettrace, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


def raising(error):
    def tracer(event, greenlets):
        raise error
    return tracer


@program('in a waiting greenlet it is raised at the switch, instead of the value')
def _(log):
    def run():
        try:
            log('never here', main.switch())
        except Boom as error:
            log('caught', error, str(error), gettrace())
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    settrace(raising(Boom('of the tracer')))
    log('main gets', g.switch('a value'))
    log(gettrace())


@program('a greenlet about to start dies without running')
def _(log):
    def run():
        log('never here')

    def parent_run():
        child = greenlet(run)
        try:
            main.switch(child)
        except Boom as error:
            log('parent caught', error)
        return 'parent is done'

    main = getcurrent()
    child = greenlet(parent_run).switch()
    settrace(raising(Boom()))
    log('main gets', child.switch())
    log(child.dead, gettrace())


@program('it replaces the error that was thrown')
def _(log):
    def run():
        try:
            main.switch()
        except Exception as error:
            log('caught', error)
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    settrace(raising(Boom()))
    log('main gets', g.throw(ValueError))
    log(gettrace())


@program('at the end of a greenlet the parent gets it instead of the result, and so does main')
def _(log):
    def arm():
        settrace(raising(Boom()))

    def child_run():
        arm()
        return 'child is done'

    def parent_run():
        try:
            greenlet(child_run).switch()
        except Boom as error:
            log('parent caught', error)
        arm()
        main.switch('from parent')

    main = getcurrent()
    parent = greenlet(parent_run)
    try:
        log('never here', parent.switch())
    except Boom as error:
        log('main caught', error)
    log(bool(parent), gettrace())
    log('main gets', parent.switch())


@program('GreenletExit from a tracer ends the target quietly; in a switch to itself, an error is raised right there')
def _(log):
    def run():
        log('never here')

    def me_run():
        try:
            settrace(raising(Boom()))
            getcurrent().switch()
        except Boom as error:
            log('caught', error, gettrace())

    g = greenlet(run)
    settrace(raising(GreenletExit()))
    log('main gets', g.switch(), g.dead, gettrace())
    greenlet(me_run).switch()
