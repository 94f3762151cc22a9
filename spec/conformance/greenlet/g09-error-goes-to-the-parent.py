"""G9: An error that escapes from `run` is raised in the parent. A parent that has not started dies without running."""
from greenlet import getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('the error goes to the parent, whoever switched last')
def _(log):
    def parent_run():
        child = greenlet(child_run)
        try:
            stranger.switch(child)
        except Boom as error:
            log('parent caught', error, str(error))
        return 'parent is done'

    def stranger_run(child):
        try:
            child.switch()
        except Boom:
            log('never here')

    def child_run():
        raise Boom('of the child')

    stranger = greenlet(stranger_run)
    parent = greenlet(parent_run)
    log('main gets', parent.switch())
    log(bool(stranger), parent.dead)


@program('an error that main does not catch escapes from main as the same object')
def _(log):
    def run():
        raise mine

    mine = Boom('mine')
    g = greenlet(run)
    try:
        g.switch()
    except Boom as error:
        log(error is mine, str(error), g.dead)


@program('parents that have not started die without running, and the error goes further up')
def _(log):
    def never_run():
        log('never here')

    def child_run():
        raise Boom

    last = getcurrent()
    parents = []
    for _ in range(1000):
        last = greenlet(never_run, last)
        parents.append(last)
    log(sum(g.dead for g in parents))
    try:
        greenlet(child_run, last).switch()
    except Boom as error:
        log('main caught', error)
    log(sum(g.dead for g in parents))


@program('each greenlet on the way up may handle the error')
def _(log):
    def run(names):
        name = names[0]
        try:
            if len(names) == 1:
                raise Boom('from the bottom')
            greenlet(run).switch(names[1:])
        except Boom as error:
            log(name, 'caught', error, str(error))
            if name == 'b':
                raise ValueError('instead')
            raise
        except ValueError as error:
            log(name, 'caught', error, str(error))
            return [name, 'is done']
        finally:
            log(name, 'cleans up')

    log('main gets', greenlet(run).switch(['a', 'b', 'c', 'd']))


@program('the error passes dead and unstarted parents, and each jump is traced as a throw')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def child_run():
        raise Boom

    dead = greenlet(lambda: None)
    dead.label = 'dead'
    dead.switch()
    unstarted = greenlet(lambda: None, dead)
    unstarted.label = 'unstarted'
    child = greenlet(child_run, unstarted)
    child.label = 'child'
    settrace(tracer)
    try:
        child.switch()
    except Boom as error:
        log('main caught', error)
    settrace(None)
    log(unstarted.dead)
