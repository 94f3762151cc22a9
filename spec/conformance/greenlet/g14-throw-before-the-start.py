"""G14: An error thrown into a greenlet that has not started kills it: its `run` is never called."""
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('the error goes on to the parent')
def _(log):
    def run():
        log('never here')

    g = greenlet(run)
    try:
        g.throw(Boom('mine'))
    except Boom as error:
        log('main caught', error, str(error))
    log(g.dead, bool(g))
    log('main gets', g.switch('through the dead'))


@program('the parent need not be the greenlet that throws')
def _(log):
    def run():
        log('never here')

    def parent_run():
        try:
            main.switch(greenlet(run))
        except Boom as error:
            log('parent caught', error)
        return 'parent is done'

    def thrower_run(g):
        g.throw(Boom)
        log('never here')

    main = getcurrent()
    g = greenlet(parent_run).switch()
    log('main gets', greenlet(thrower_run).switch(g))
    log(g.dead)


@program('GreenletExit is returned to the parent')
def _(log):
    def run():
        log('never here')

    g = greenlet(run)
    log('main gets', g.throw(), g.dead)
    mine = GreenletExit('mine')
    log('main gets', greenlet(run).throw(mine) is mine)


@program('an unstarted parent dies of an error too, but GreenletExit starts it without arguments')
def _(log):
    def run():
        log('never here')

    def parent_run(*args):
        log('parent got', len(args), *args)
        return 'parent is done'

    parent = greenlet(parent_run)
    try:
        greenlet(run, parent).throw(Boom)
    except Boom as error:
        log('main caught', error)
    log(parent.dead)
    parent = greenlet(parent_run)
    log('main gets', greenlet(run, parent).throw())
    log(parent.dead)


@program('it is traced as a throw into the greenlet, followed by the jump to the parent')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets, greenlets[1].dead)

    def run():
        log('never here')

    one = greenlet(run)
    one.label = 'one'
    other = greenlet(run)
    other.label = 'other'
    settrace(tracer)
    try:
        one.throw(Boom)
    except Boom as error:
        log('main caught', error)
    log('main gets', other.throw())
    settrace(None)
