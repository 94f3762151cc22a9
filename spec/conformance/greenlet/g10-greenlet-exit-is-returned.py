"""G10: A GreenletExit that escapes from `run` ends the greenlet quietly: the parent receives it as a value."""
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


class Leave(GreenletExit):
    pass


@program('GreenletExit and its subclasses are returned to the parent')
def _(log):
    def run(exit):
        raise exit

    log('main gets', greenlet(run).switch(GreenletExit()))
    log('main gets', greenlet(run).switch(Leave()))
    mine = GreenletExit('bye')
    got = greenlet(run).switch(mine)
    log('main gets', got is mine, str(got))


@program('it passes every finally, from any depth')
def _(log):
    def deep(level):
        try:
            if level == 3:
                raise GreenletExit
            deep(level + 1)
        finally:
            log('leaving level', level)

    def run():
        deep(1)
        log('never here')

    g = greenlet(run)
    log('main gets', g.switch(), g.dead)


@program('it starts an unstarted parent without arguments; returned by the child, it is the argument')
def _(log):
    def parent_run(*args):
        log('parent got', len(args), *args)
        return 'parent is done'

    def raises():
        raise Leave

    def returns():
        return Leave()

    log('main gets', greenlet(raises, greenlet(parent_run)).switch())
    log('main gets', greenlet(returns, greenlet(parent_run)).switch())


@program('it is traced as a switch, any other error as a throw')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def run(error):
        raise error

    quiet = greenlet(run)
    quiet.label = 'quiet'
    loud = greenlet(run)
    loud.label = 'loud'
    settrace(tracer)
    log(quiet.switch(GreenletExit()))
    try:
        loud.switch(ValueError())
    except ValueError as error:
        log('main caught', error)
    settrace(None)


@program('a GreenletExit that is caught is an error like any other')
def _(log):
    def run():
        try:
            raise GreenletExit
        except GreenletExit as error:
            log('caught', error)
        log('gets', main.switch('still here'))
        try:
            raise GreenletExit
        finally:
            raise ValueError

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch())
    try:
        g.switch('go on')
    except ValueError as error:
        log('main caught', error)
