"""G8: When a greenlet ends and its parent has not started, the parent starts with the return value as its only
argument.
"""
from greenlet import getcurrent, greenlet, settrace
from programs import program


@program('the end of the child starts the parent')
def _(log):
    def parent_run(value):
        log(getcurrent(), 'got', value)
        log(getcurrent(), 'gets', main.switch('parent waits'))
        return 'parent is done'

    def child_run(value):
        log(getcurrent(), 'got', value)
        return 'child is done'

    main = getcurrent()
    parent = greenlet(parent_run)
    parent.label = 'parent'
    child = greenlet(child_run, parent)
    child.label = 'child'
    log('main gets', child.switch('start'))
    log('main gets', parent.switch('go on'))


@program('the parent always gets one argument')
def _(log):
    def parent_run(*args):
        log(len(args), *args)

    greenlet(lambda: 'one', greenlet(parent_run)).switch()
    greenlet(lambda: (1, 2), greenlet(parent_run)).switch()
    greenlet(lambda: None, greenlet(parent_run)).switch()


@program('the end of one greenlet can start a whole chain of parents')
def _(log):
    def run(value):
        log(getcurrent(), 'got', value)
        return value + 1

    last = getcurrent()
    for name in ['grandparent', 'parent', 'child']:
        last = greenlet(run, last)
        last.label = name
    log('main gets', last.switch(1))


@program('a parent that is started this way and fails, fails to its own parent')
def _(log):
    def grandparent_run():
        child = greenlet(lambda: 'child is done', greenlet(parent_run))
        try:
            child.switch()
        except ValueError as error:
            log('grandparent caught', error)
        return 'grandparent is done'

    def parent_run(value):
        log('parent got', value)
        raise ValueError

    log('main gets', greenlet(grandparent_run).switch())


@program('the jump to the parent is traced as a switch')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def parent_run(value):
        log('parent got', value)

    parent = greenlet(parent_run)
    parent.label = 'parent'
    child = greenlet(lambda: 'child is done', parent)
    child.label = 'child'
    settrace(tracer)
    child.switch()
    settrace(None)


@program('a chain of a thousand parents')
def _(log):
    last = getcurrent()
    for _ in range(1000):
        last = greenlet(lambda value: value + 1, last)
    log('main gets', last.switch(0))
