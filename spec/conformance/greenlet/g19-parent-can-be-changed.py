"""G19: The parent can be set at any time, for it matters only when the greenlet ends. It cannot form a cycle."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('it can be set before the start, while the greenlet waits and while it runs')
def _(log):
    def heir_run(name):
        me = getcurrent()
        me.label = name
        while True:
            log(me, 'gets', main.switch(me))

    def run():
        main.switch()
        return 'the end of the waiting one'

    def changes():
        getcurrent().parent = second
        return 'the end of the running one'

    main = getcurrent()
    first = greenlet(heir_run).switch('first')
    second = greenlet(heir_run).switch('second')
    unstarted = greenlet(lambda: 'the end of the unstarted one')
    unstarted.parent = first
    unstarted.switch()
    waiting = greenlet(run, second)
    waiting.switch()
    waiting.parent = first
    waiting.switch()
    running = greenlet(changes, first)
    running.switch()
    log(unstarted.parent, waiting.parent, running.parent)


@program('an error goes to the parent that is set when it escapes')
def _(log):
    def heir_run():
        try:
            main.switch()
        except Boom as error:
            log('heir caught', error)

    def run():
        try:
            raise Boom
        finally:
            getcurrent().parent = heir

    main = getcurrent()
    heir = greenlet(heir_run)
    heir.switch()
    greenlet(run).switch()
    log(heir.dead)


@program('a dead greenlet may get an unstarted parent, which a switch to the dead one then starts')
def _(log):
    def run(*args):
        log('run got', *args)
        return 'run is done'

    dead = greenlet(lambda: 'ended')
    log(dead.switch())
    dead.parent = greenlet(run)
    log('main gets', dead.switch('start', 'it'))
    log('main gets', dead.switch('nobody', 'left'))
    log(dead.parent.dead)


@program('anything but a greenlet is a TypeError')
def _(log):
    g = greenlet(lambda: 'ended')
    for parent in [None, 5, 'main']:
        try:
            g.parent = parent
        except TypeError as error:
            log(error)
    try:
        greenlet(lambda: 'ended', 5)
    except TypeError as error:
        log(error)
    log(g.parent, g.switch())


@program('a greenlet cannot become its own ancestor')
def _(log):
    def run(*args):
        pass

    a = greenlet(run)
    b = greenlet(run, a)
    c = greenlet(run, b)
    for parent in [a, b, c]:
        try:
            a.parent = parent
        except ValueError as error:
            log(error)
    a.label = 'a'
    log(a.parent, b.parent)
    c.switch()
    try:
        a.parent = c
    except ValueError as error:
        log('dead or not', error)


@program('main has no parent and accepts none')
def _(log):
    main = getcurrent()
    for parent in [greenlet(), main, None]:
        try:
            main.parent = parent
        except AttributeError as error:
            log(error)
    log(main.parent)
