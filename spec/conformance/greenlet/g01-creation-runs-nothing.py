"""G1: Creating a greenlet runs nothing. Its parent is the current greenlet, unless another one is given."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('nothing runs before the first switch')
def _(log):
    def run():
        log('running')

    g = greenlet(run)
    log('made', bool(g), g.dead)
    g.switch()
    log('ended', bool(g), g.dead)


@program('the parent is the greenlet that creates it, or the one that is given')
def _(log):
    def other():
        pass

    def run():
        getcurrent().label = 'maker'
        log(greenlet(other).parent, greenlet(other, None).parent, greenlet(other, main).parent)

    main = getcurrent()
    log(greenlet(other).parent)
    greenlet(run).switch()


@program('the parent is the creator, not the greenlet that switches first')
def _(log):
    def maker_run():
        made.append(greenlet(child_run))
        log('maker gets', main.switch('made'))
        return 'maker is done'

    def child_run():
        return 'child is done'

    main = getcurrent()
    made = []
    maker = greenlet(maker_run)
    log('main gets', maker.switch())
    log('main gets', made[0].switch())
    log(maker.dead, made[0].dead)


@program('without run the first switch raises AttributeError, and the greenlet can still be started')
def _(log):
    g = greenlet()
    try:
        g.switch('first')
    except AttributeError as error:
        log(error)
    log(bool(g), g.dead)
    g.run = lambda word: ['run got', word]
    log(g.switch('second'))
    log(bool(g), g.dead)


@program('without run a throw raises AttributeError too')
def _(log):
    g = greenlet()
    try:
        g.throw(Boom)
    except Exception as error:
        log(error)
    log(bool(g), g.dead)
