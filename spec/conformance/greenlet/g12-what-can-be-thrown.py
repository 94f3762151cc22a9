"""G12: `throw()` takes an error, a class of errors, or a class and a message. Without arguments it throws
GreenletExit.
"""
from greenlet import GreenletExit, getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('throw() without arguments throws GreenletExit')
def _(log):
    def run():
        try:
            main.switch()
        except GreenletExit as error:
            log('caught', error)
            raise

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    log('main gets', g.throw(), g.dead)


@program('a class stands for a new instance of it, with a message if one is given')
def _(log):
    def run():
        while True:
            try:
                main.switch()
            except Boom as error:
                log('caught', error, type(error) is Boom, str(error))

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    g.throw(Boom)
    g.throw(Boom, 'with a message')


@program('an instance is thrown as it is')
def _(log):
    def run():
        try:
            main.switch()
        except Boom as error:
            log('caught', error is mine, str(error))
            raise

    main = getcurrent()
    mine = Boom('mine')
    g = greenlet(run)
    g.switch()
    try:
        g.throw(mine)
    except Boom as error:
        log('main caught', error is mine)


@program('an instance with a message is a TypeError for the thrower, and the target is left alone')
def _(log):
    def run():
        log('gets', main.switch())

    def thrower_run():
        try:
            g.throw(Boom('mine'), 'with a message')
        except TypeError as error:
            log('thrower caught', error)
        return 'thrower is done'

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    try:
        g.throw(Boom('mine'), 'with a message')
    except TypeError as error:
        log('main caught', error)
    log('main gets', greenlet(thrower_run).switch())
    log(bool(g), g.dead)
    g.switch('a value')


@program('the same holds for a throw from one greenlet into another')
def _(log):
    def run():
        while True:
            try:
                thrower.switch('next')
            except Exception as error:
                log('caught', error, str(error))
            except GreenletExit as error:
                log('caught', error, str(error))
                return

    def thrower_run():
        g.switch()
        g.throw(Boom)
        g.throw(Boom, 'with a message')
        g.throw(Boom('mine'))
        g.throw()

    g = greenlet(run)
    thrower = greenlet(thrower_run)
    thrower.switch()
    log(g.dead, bool(thrower))
