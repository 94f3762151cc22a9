"""G3: Until a greenlet starts, its `run` can be read, replaced and deleted; after that it is gone."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('before the start run can be read, replaced and deleted')
def _(log):
    def first():
        return 'first ran'

    def second():
        return 'second ran'

    g = greenlet(first)
    log(g.run.__name__)
    g.run = second
    log(g.run.__name__)
    del g.run
    try:
        log(g.run.__name__)
    except AttributeError as error:
        log(error)
    g.run = first
    log(g.switch())


@program('run is gone while the greenlet runs, while it waits and when it is dead')
def _(log):
    def peek(when):
        try:
            log(when, g.run.__name__)
        except AttributeError as error:
            log(when, error)

    def run():
        peek('running')
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    peek('unstarted')
    g.switch()
    peek('waiting')
    g.switch()
    peek('dead')


@program('run cannot be set after the start')
def _(log):
    def put(when):
        try:
            g.run = run
            log(when, 'was set')
        except AttributeError as error:
            log(when, error)

    def run():
        put('running')
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    put('unstarted')
    g.switch()
    put('waiting')
    g.switch()
    put('dead')
    log(g.dead)


@program('a greenlet killed by a throw before its start has no run either')
def _(log):
    def run():
        log('never here')

    g = greenlet(run)
    try:
        g.throw(Boom)
    except Boom as error:
        log(error)
    try:
        log(g.run.__name__)
    except AttributeError as error:
        log(error)
    try:
        g.run = run
    except AttributeError as error:
        log(error)


@program('the main greenlet has no run and accepts none')
def _(log):
    def run():
        pass

    main = getcurrent()
    try:
        log(main.run.__name__)
    except AttributeError as error:
        log(error)
    try:
        main.run = run
    except AttributeError as error:
        log(error)
