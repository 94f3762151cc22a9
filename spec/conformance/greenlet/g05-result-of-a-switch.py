"""G5: A waiting `switch()` returns the arguments of the switch that resumes it: nothing, the single one, or all as
a list.
"""
from greenlet import getcurrent, greenlet
from programs import program


@program('no argument arrives as nothing, one as itself, several as a list')
def _(log):
    def run():
        while True:
            log(main.switch())

    main = getcurrent()
    g = greenlet(run)
    g.switch()
    g.switch()
    g.switch('one')
    g.switch('one', 2, None)
    g.switch(None)
    g.switch([1, 2])
    g.switch([1, 2], 3)


@program('the same holds for a switch to main')
def _(log):
    def run():
        main.switch()
        main.switch('one')
        main.switch('one', 2)
        main.switch([1, 2])
        return 'end'

    main = getcurrent()
    g = greenlet(run)
    while not g.dead:
        log('main gets', g.switch())


@program('a single argument is the object itself')
def _(log):
    def run(first):
        log(first is thing)
        log(main.switch(first) is thing)
        return thing

    main = getcurrent()
    thing = [1, 2]
    g = greenlet(run)
    log(g.switch(thing) is thing)
    log(g.switch(thing) is thing)


@program('several arguments start a greenlet one by one and reach a waiting one together')
def _(log):
    def run(a, b):
        log('run got', a, b)
        log('then', main.switch(b, a))

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch(1, 2))
    g.switch(3, 4)
