"""G27: Python throws GreenletExit into a greenlet when its last reference is gone; in JavaScript `kill()` does that."""
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


@program('the greenlet cleans up, and control returns to the greenlet that let go of it')
def _(log):
    def deep():
        try:
            main.switch()
        finally:
            log('deep cleans up')

    def run():
        try:
            deep()
        except GreenletExit as error:
            log('caught', error)
            raise
        finally:
            log('run cleans up')

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    log('let go')
    del g
    log('gone')


@program('one that has not started never runs, and one that has ended is left alone')
def _(log):
    def run():
        log('running')

    unstarted = greenlet(run)
    del unstarted
    ended = greenlet(run)
    ended.switch()
    del ended
    log('gone')


@program('for that moment its parent is the greenlet that let go of it')
def _(log):
    def parent_run():
        held.append(greenlet(run))
        held[0].switch()
        log('parent gets', main.switch())

    def run():
        log('parent at first', getcurrent().parent)
        try:
            getcurrent().parent.switch()
        except GreenletExit:
            log('parent at last', getcurrent().parent)
            return 'not for the parent'

    def killer_run():
        held.clear()
        log('back in', getcurrent())
        return 'killer is done'

    main = getcurrent()
    held = []
    parent = greenlet(parent_run)
    parent.label = 'parent'
    parent.switch()
    killer = greenlet(killer_run)
    killer.label = 'killer'
    log('main gets', killer.switch())
    log(bool(parent), parent.dead)


@program('it may switch to others while it cleans up')
def _(log):
    def other_run():
        while True:
            log('other gets', getcurrent().parent.switch('from other'))

    def run():
        try:
            main.switch()
        finally:
            log('run gets', greenlet(other_run).switch())
            log('run cleans up')

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    del g
    log('gone')


@program('it is traced as a throw, and the return as a switch')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def run():
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    g.switch()
    settrace(tracer)
    del g
    settrace(None)
