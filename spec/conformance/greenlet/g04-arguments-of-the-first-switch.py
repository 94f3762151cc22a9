"""G4: The first switch to a greenlet calls its `run` with the arguments of the switch."""
from greenlet import getcurrent, greenlet
from programs import program


@program('the arguments of the first switch are the arguments of run')
def _(log):
    def run(*args):
        log(len(args), *args)

    greenlet(run).switch()
    greenlet(run).switch('one')
    greenlet(run).switch('one', 2, [3, 4])
    greenlet(run).switch(None)
    greenlet(run).switch([1, 2])


@program('the same holds when one greenlet starts another')
def _(log):
    def run(*args):
        log(len(args), *args)

    def starter():
        greenlet(run).switch()
        greenlet(run).switch('one')
        greenlet(run).switch('one', 'two')

    greenlet(starter).switch()


@program('an argument that has a default may be left out')
def _(log):
    def run(first, second='second'):
        return [first, second]

    log(greenlet(run).switch('first'))
    log(greenlet(run).switch(1, 2))


@program('run may be a plain function, which ends when it returns')
def _(log):
    def run(a, b):
        log(getcurrent(), g.dead)
        return a + b

    g = greenlet(run)
    g.label = 'g'
    log(g.switch(1, 2), g.dead)


@program('a run that cannot be called kills the greenlet, and its parent gets the TypeError')
def _(log):
    class Odd(greenlet):
        run = 'not a function'

    def parent_run():
        odd = Odd()
        made.append(odd)
        try:
            log('never here', main.switch('made'))
        except TypeError as error:
            log('parent caught', error)
        return 'parent is done'

    main = getcurrent()
    made = []
    parent = greenlet(parent_run)
    parent.switch()
    log('main gets', made[0].switch(1, 2))
    log(made[0].dead, parent.dead)
