"""G23: Each greenlet handles its own errors; a switch inside a handler does not mix them up."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('several greenlets handle an error each at the same time')
def _(log):
    def run(name):
        try:
            raise Boom(name)
        except Boom as error:
            log(name, 'handles', str(error))
            main.switch()
            log(name, 'still handles', str(error))
        main.switch()
        log(name, 'ends')

    main = getcurrent()
    greenlets = [(greenlet(run), name) for name in ['a', 'b', 'c']]
    for g, name in greenlets:
        g.switch(name)
    for _ in range(2):
        for g, _ in greenlets:
            g.switch()
    log([g.dead for g, _ in greenlets])


@program('raised again after a switch, it is the same error')
def _(log):
    def run(name, other):
        try:
            raise Boom(name)
        except Boom:
            if other is not None:
                log(name, 'gets', other.switch('other', None))
            else:
                main.switch('other waits')
            raise

    main = getcurrent()
    first = greenlet(run)
    other = greenlet(run)
    log('main gets', first.switch('first', other))
    for g in [other, first]:
        try:
            g.switch('go on')
        except Boom as error:
            log('main caught', str(error))


@program('an error in one is not caused by what another one handles')
def _(log):
    def run():
        raise Boom('of the other')

    def handler_run():
        try:
            raise ValueError
        except ValueError as error:
            log('handler caught', error)
            main.switch()

    main = getcurrent()
    handler = greenlet(handler_run)
    handler.switch()
    try:
        greenlet(run).switch()
    except Boom as error:
        log('main caught', error, error.__context__)
    log(bool(handler))


@program('an error that arrives while another one is handled replaces it')
def _(log):
    def run():
        try:
            raise ValueError
        except ValueError as error:
            log('handles', error)
            try:
                main.switch()
            except Boom as other:
                log('meanwhile', other)
            log('handles', error)
            main.switch()

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    g.throw(Boom)
    try:
        g.throw(Boom('at last'))
    except Boom as error:
        log('main caught', error, str(error))
