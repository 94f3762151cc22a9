"""G7: The return value of `run` becomes the result of the `switch()` in which the parent waits."""
from greenlet import getcurrent, greenlet
from programs import program


@program('the return value goes to the parent, whoever switched last')
def _(log):
    def first():
        log('first switches to second')
        second.switch()
        log('never here')

    def second_run():
        log('second ends')
        return 'from second'

    one = greenlet(first)
    second = greenlet(second_run)
    log('main gets', one.switch())
    log(one.dead, second.dead)


@program('a tuple stays one value')
def _(log):
    pair = greenlet(lambda: (1, 2))
    log('main gets', pair.switch())


@program('a parent that is not main gets it from its own switch()')
def _(log):
    def parent_run():
        child = greenlet(child_run, getcurrent())
        log('parent gets', child.switch('hello'))
        return 'parent is done'

    def child_run(word):
        log('child got', word)
        return 'child is done'

    log('main gets', greenlet(parent_run).switch())


@program('the parent gets it wherever it waits')
def _(log):
    def parent_run():
        child = greenlet(lambda: 'child is done')
        log('parent gets', other.switch(child))
        log('parent gets', main.switch('parent waits in main'))
        return 'parent is done'

    def other_run(child):
        child.switch()
        log('never here')

    main = getcurrent()
    other = greenlet(other_run)
    parent = greenlet(parent_run)
    log('main gets', parent.switch())
    log('main gets', greenlet(lambda: 'second child is done', parent).switch())
    log(bool(other), parent.dead)


@program('a greenlet that returns no value gives None')
def _(log):
    def run():
        pass

    log('main gets', greenlet(run).switch())
