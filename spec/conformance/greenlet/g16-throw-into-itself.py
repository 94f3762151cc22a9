"""G16: An error thrown into the current greenlet is raised right there."""
from greenlet import getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('a greenlet may throw into itself and catch the error')
def _(log):
    def run():
        me = getcurrent()
        try:
            me.throw(Boom('mine'))
            log('never here')
        except Boom as error:
            log('caught', error, str(error))
        return 'run is done'

    log('main gets', greenlet(run).switch())


@program('if not caught, it ends the greenlet; GreenletExit ends it quietly')
def _(log):
    def run(error):
        try:
            getcurrent().throw(error)
        finally:
            log('leaving')

    try:
        greenlet(run).switch(Boom)
    except Boom as error:
        log('main caught', error)

    def quit():
        getcurrent().throw()
        log('never here')

    log('main gets', greenlet(quit).switch())


@program('main may throw into itself too')
def _(log):
    main = getcurrent()
    try:
        main.throw(Boom)
    except Boom as error:
        log('main caught', error)


@program('a program that runs in main may do it too')
def _(log):
    def main_program():
        main = getcurrent()
        try:
            main.throw(Boom)
        except Boom as error:
            log('main caught', error)
        try:
            greenlet(lambda: main.throw(Boom('from g'))).switch()
        except Boom as error:
            log('main caught', error, str(error))

    main_program()


@program('it is traced as a throw from the greenlet to itself')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def run():
        try:
            g.throw(Boom)
        except Boom as error:
            log('caught', error)

    g = greenlet(run)
    g.label = 'g'
    settrace(tracer)
    g.switch()
    settrace(None)
