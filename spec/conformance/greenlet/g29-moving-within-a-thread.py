"""G29: Within one thread any greenlet can become the parent of another, and every chain of parents ends at the
same main.
"""
from greenlet import getcurrent, greenlet
from programs import program


@program('a started greenlet may move to another branch')
def _(log):
    def branch_run(name):
        me = getcurrent()
        me.label = name
        leaf = greenlet(leaf_run)
        leaf.label = f'leaf of {name}'
        leaves.append(leaf)
        leaf.switch()
        return f'{name} is done'

    def leaf_run():
        me = getcurrent()
        log(me, 'gets', main.switch(), 'under', me.parent)
        return f'the end of {me.label}'

    main = getcurrent()
    leaves = []
    for name in ['left', 'right']:
        greenlet(branch_run).switch(name)
    left_leaf, right_leaf = leaves
    left, right = [leaf.parent for leaf in leaves]
    left_leaf.parent = right
    right_leaf.parent = left
    log('main gets', left_leaf.switch('hello'))
    log(left.dead, right.dead)
    log('main gets', right_leaf.switch('good bye'))
    log(left.dead, right.dead)


@program('a running greenlet may move under one that it has started itself')
def _(log):
    def run():
        child = greenlet(child_run, main)
        child.switch()
        getcurrent().parent = child
        return 'run is done'

    def child_run():
        log('child gets', getcurrent().switch('at once'))
        log('child gets', g.switch())
        return 'child is done'

    main = getcurrent()
    g = greenlet(run)
    log('main gets', g.switch())
    log(g.dead, g.parent.dead)


@program('every chain of parents ends at the main of the thread')
def _(log):
    def run(depth):
        g = getcurrent()
        while g.parent is not None:
            g = g.parent
        log('depth', depth, g is main)
        if depth < 3:
            greenlet(run).switch(depth + 1)

    main = getcurrent()
    greenlet(run).switch(1)
