"""G17: A switch to a dead greenlet goes to its nearest living ancestor, with the same arguments."""
from dead import dead_greenlet
from greenlet import getcurrent, greenlet, settrace
from programs import program


@program('made by main, it returns at once')
def _(log):
    g = dead_greenlet('g')
    log(g.switch())
    log(g.switch('one'))
    log(g.switch('one', 2))
    log(g.dead)


@program('it goes to the nearest living ancestor, wherever that waits')
def _(log):
    def ancestor_run():
        log('ancestor gets', main.switch())
        log('ancestor gets', main.switch())
        return 'ancestor is done'

    def caller_run():
        last.switch('from', 'caller')
        log('never here')

    main = getcurrent()
    last = ancestor = greenlet(ancestor_run)
    for n in range(1000):
        last = dead_greenlet(n, last)
    ancestor.switch()
    last.switch('from main')
    log('main gets', greenlet(caller_run).switch())


@program('an ancestor that has not started is started with the arguments')
def _(log):
    def ancestor_run(*args):
        log('ancestor got', len(args), *args)
        return 'ancestor is done'

    log('main gets', dead_greenlet('g', greenlet(ancestor_run)).switch())
    log('main gets', dead_greenlet('g', greenlet(ancestor_run)).switch('one', 2))


@program('the current greenlet may be that ancestor')
def _(log):
    def run():
        child = dead_greenlet('child')
        log('run gets', child.switch('back', 'at once'))
        return 'run is done'

    log('main gets', greenlet(run).switch())


@program('it is traced as one jump, from the current greenlet to the ancestor')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def caller_run():
        return last.switch('to the ancestor')

    def ancestor_run(value):
        log('ancestor got', value)
        return 'ancestor is done'

    ancestor = greenlet(ancestor_run)
    ancestor.label = 'ancestor'
    last = dead_greenlet('last', dead_greenlet('first', ancestor))
    caller = greenlet(caller_run)
    caller.label = 'caller'
    settrace(tracer)
    log('main gets', caller.switch())
    settrace(None)
