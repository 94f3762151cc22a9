"""G20: `getcurrent()` is the greenlet that runs. Outside of all greenlets that is main, which has no parent."""
from greenlet import getcurrent, greenlet
from programs import program


@program('it follows every switch')
def _(log):
    def a_run():
        log(getcurrent())
        b.switch()
        log(getcurrent())

    def b_run():
        log(getcurrent())
        a.switch()
        log('never here')

    a = greenlet(a_run)
    a.label = 'a'
    b = greenlet(b_run)
    b.label = 'b'
    log(getcurrent())
    a.switch()
    log(getcurrent())


@program('there is one main, without a parent, and every chain of parents ends there')
def _(log):
    def run(depth):
        if depth < 5:
            return greenlet(run).switch(depth + 1)
        g = getcurrent()
        steps = 0
        while g.parent is not None:
            g = g.parent
            steps += 1
        return [steps, g is main]

    main = getcurrent()
    log(main is getcurrent(), main.parent)
    log(greenlet(run).switch(1))


@program('functions that a greenlet calls run in the same greenlet')
def _(log):
    def inner():
        log(getcurrent())
        main.switch()
        log(getcurrent())

    def run():
        inner()
        log([getcurrent() for _ in range(2)])

    main = getcurrent()
    g = greenlet(run)
    g.label = 'g'
    g.switch()
    g.switch()


@program('after an error it is the greenlet that caught it')
def _(log):
    def parent_run():
        try:
            greenlet(child_run).switch()
        except ValueError:
            log(getcurrent())
        raise ValueError

    def child_run():
        getcurrent().label = 'child'
        try:
            raise ValueError
        finally:
            log(getcurrent())

    parent = greenlet(parent_run)
    parent.label = 'parent'
    try:
        parent.switch()
    except ValueError:
        log(getcurrent())
