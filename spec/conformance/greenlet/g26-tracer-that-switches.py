"""G26: The tracer runs in the target and may switch itself; those switches are traced too."""
from greenlet import getcurrent, gettrace, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('it may switch before the target starts')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, origin, target)
        if target is g and origin is main:
            log('tracer gets', helper.switch('about', target), 'in', getcurrent())
            log('tracer gets', helper.switch('again', target), 'in', getcurrent())

    def helper_run(*args):
        while True:
            log('helper got', *args)
            args = g.switch('from helper', len(args))

    def run(*args):
        log('run got', *args)
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    helper = greenlet(helper_run)
    helper.label = 'helper'
    settrace(tracer)
    log('main gets', g.switch('start', 'it'))
    settrace(None)


@program('main may be the target')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, origin, target)
        if event == 'throw' and target is main:
            helper = greenlet(helper_run)
            helper.label = 'helper'
            log('tracer gets', helper.switch(), 'in', getcurrent())

    def helper_run():
        return 'from helper'

    def run():
        raise Boom

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    settrace(tracer)
    try:
        g.switch()
    except Boom as error:
        log('main caught', error)
    settrace(None)


@program('an error that is thrown waits for the tracer')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, origin, target)
        if event == 'throw':
            helper = greenlet(helper_run)
            helper.label = 'helper'
            log('tracer gets', helper.switch())

    def helper_run():
        return 'from helper'

    def run():
        try:
            main.switch()
        except Boom as error:
            log('caught', error)
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    g.switch()
    settrace(tracer)
    log('main gets', g.throw(Boom))
    settrace(None)


@program('if it raises after a switch, it is removed as well, and the target gets the error')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, origin, target)
        if target is g and origin is main:
            greenlet(helper_run).switch()
            raise Boom

    def helper_run():
        log('helper runs')

    def run():
        try:
            main.switch()
        except Boom as error:
            log('caught', error, gettrace())
        return 'run is done'

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    g.switch()
    settrace(tracer)
    log('main gets', g.switch())
    log(gettrace())


@program('it may give control away, and the target continues when somebody switches back')
def _(log):
    def tracer(event, greenlets):
        origin, target = greenlets
        log(event, origin, target)
        if target is g and not seen:
            seen.append(event)
            log('tracer gets', main.switch('not yet'))

    def run(value):
        log('run got', value)
        return 'run is done'

    main = getcurrent()
    seen = []
    g = greenlet(run)
    g.label = 'g'
    settrace(tracer)
    log('main gets', g.switch('start'))
    log(g.dead, bool(g))
    log('main gets', g.switch('now'))
    settrace(None)
