"""G30: The call frames of a greenlet can be inspected while it waits."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


def names(g):
    """Outermost first."""
    found = []
    frame = g.gr_frame
    while frame is not None:
        found.insert(0, frame.f_code.co_name)
        frame = frame.f_back
    return found


@program('there are none before the start, while it runs and after the end')
def _(log):
    def run():
        log('running', g.gr_frame is None)
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    log('unstarted', g.gr_frame is None)
    g.switch()
    log('waiting', g.gr_frame is None)
    g.switch()
    log('dead', g.gr_frame is None)


@program('they are the frames of its own calls, down to the one that switched')
def _(log):
    def run():
        main.switch()
        outer()
        main.switch()

    def outer():
        inner()
        main.switch()

    def inner():
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    for _ in range(4):
        g.switch()
        log(names(g))
    g.switch()
    log(names(g))


@program('a parent that waits for its child shows its own frames, not those of the child')
def _(log):
    def parent():
        outer()

    def outer():
        c.switch()

    def child():
        log(names(p), names(c))
        main.switch()

    main = getcurrent()
    p = greenlet(parent)
    c = greenlet(child, p)
    p.switch()
    log(names(p), names(c))
    c.switch()
    log(names(p), names(c))


@program('an error thrown in removes the frames that it leaves')
def _(log):
    def run():
        try:
            outer()
        except Boom:
            main.switch()

    def outer():
        inner()

    def inner():
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    log(names(g))
    g.throw(Boom)
    log(names(g))
    g.throw()
    log(names(g))
