"""G13: An error thrown into a waiting greenlet is raised at its `switch()`."""
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('the greenlet may catch it and continue')
def _(log):
    def run():
        try:
            main.switch('waiting')
        except Boom as error:
            log('caught', error)
        log('gets', main.switch('still here'))
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch())
    log('main gets', g.throw(Boom))
    log('main gets', g.switch('go on'))


@program('if not caught, it goes to the parent, not to the thrower')
def _(log):
    def parent_run():
        child = greenlet(child_run)
        try:
            main.switch(child)
        except Boom as error:
            log('parent caught', error)
        return 'parent is done'

    def child_run():
        main.switch()

    def thrower_run(child):
        child.throw(Boom)
        log('never here')

    main = getcurrent()
    parent = greenlet(parent_run)
    child = parent.switch()
    greenlet(lambda: child.switch()).switch()
    thrower = greenlet(thrower_run)
    log('main gets', thrower.switch(child))
    log(child.dead, bool(thrower))


@program('GreenletExit runs every finally on its way out, and is returned')
def _(log):
    def deep():
        try:
            main.switch()
        finally:
            log('deep cleans up')

    def run():
        try:
            deep()
        finally:
            log('run cleans up')

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    log('main gets', g.throw(GreenletExit('mine')), g.dead)


@program('what the greenlet returns after the error goes to the parent as usual')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def parent_run(value):
        log('parent got', value)
        return 'parent is done'

    def run():
        try:
            main.switch()
        except Boom:
            return 'recovered'

    main = getcurrent()
    parent = greenlet(parent_run)
    parent.label = 'parent'
    g = greenlet(run, parent)
    g.label = 'g'
    g.switch()
    settrace(tracer)
    log('main gets', g.throw(Boom))
    settrace(None)


@program('a finally may switch before it lets the error continue')
def _(log):
    def run():
        try:
            main.switch('waiting')
        finally:
            log('cleaning up', main.switch('a moment'))
            log('cleaned up')

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch())
    log('main gets', g.throw(Boom))
    try:
        g.switch('take your time')
    except Boom as error:
        log('main caught', error, g.dead)
