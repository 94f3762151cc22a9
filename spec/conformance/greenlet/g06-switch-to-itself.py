"""G6: A switch to the current greenlet returns its own arguments at once."""
from greenlet import getcurrent, greenlet, settrace
from programs import program


@program('a greenlet that switches to itself continues with its own arguments')
def _(log):
    def run():
        me = getcurrent()
        log(me.switch())
        log(me.switch('one'))
        log(me.switch('one', 2))
        log(me.switch([1, 2]))
        return 'run is done'

    log('main gets', greenlet(run).switch())


@program('main may do it too')
def _(log):
    main = getcurrent()
    log(main.switch())
    log(main.switch('one'))
    log(main.switch('one', 2))


@program('a program that runs in main may do it too')
def _(log):
    def main_program():
        main = getcurrent()
        log(main.switch('one', 2))
        g = greenlet(lambda: main.switch('from g'))
        log('main gets', g.switch())
        log(main.switch('again'))

    main_program()


@program('it is traced as a switch from the greenlet to itself')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def run():
        log(g.switch('back'))

    g = greenlet(run)
    g.label = 'g'
    settrace(tracer)
    g.switch()
    settrace(None)
