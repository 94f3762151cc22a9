"""G18: A greenlet is dead once it has ended. It is active (true, in Python) from its start to its end."""
from greenlet import GreenletExit, getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('dead and active from the beginning to the end')
def _(log):
    def run():
        log('running', g.dead, bool(g))
        main.switch()
        log('running again', g.dead, bool(g))

    main = getcurrent()
    g = greenlet(run)
    log('unstarted', g.dead, bool(g))
    g.switch()
    log('waiting', g.dead, bool(g))
    g.switch()
    log('ended', g.dead, bool(g))


@program('every way to end makes it dead')
def _(log):
    def returns():
        pass

    def fails():
        raise Boom

    def leaves():
        raise GreenletExit

    def waits():
        main.switch()

    main = getcurrent()
    for run in [returns, fails, leaves, waits]:
        g = greenlet(run)
        try:
            g.switch()
        except Boom as error:
            log(error)
        log(run, g.dead, bool(g))


@program('the parent of a running child is active, and main always is')
def _(log):
    def parent_run():
        greenlet(child_run).switch()

    def child_run():
        log(parent.dead, bool(parent))
        log(main.dead, bool(main))

    main = getcurrent()
    parent = greenlet(parent_run)
    log(main.dead, bool(main))
    parent.switch()
    log(parent.dead, bool(parent))


@program('when the parent gets the result, the child is dead already')
def _(log):
    def child_run():
        log('child', g.dead)

    def parent_run(value):
        log('parent', g.dead)

    g = greenlet(child_run, greenlet(parent_run))
    g.switch()


@program('dead cannot be set')
def _(log):
    g = greenlet(lambda: 'it ran')
    try:
        g.dead = True
    except Exception:
        log('refused')
    log(g.dead, g.switch())
