"""A greenlet that has ended; the twin of `dead.ts`."""
from greenlet import greenlet


def dead_greenlet(name, parent=None):
    g = greenlet(lambda: 'dead')
    g.label = name
    g.switch()
    if parent is not None:
        g.parent = parent
    return g
