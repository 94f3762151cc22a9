"""Delegation works at any depth: values, errors, results and the close pass all levels."""
from programs import program
from steps import WAYS, enter, step


@program('nine hundred levels deep, values, errors and the close pass all levels')
def _(log):
    def down(levels):
        try:
            if levels == 0:
                while True:
                    try:
                        log('bottom got', (yield 'bottom'))
                    except RuntimeError as error:
                        log('bottom caught', error)
            return (yield from down(levels - 1)) + 1
        finally:
            counts[0] += 1

    counts = [0]
    for way in WAYS:
        g = down(900)
        step(log, lambda: next(g))
        step(log, lambda: g.send('sent'))
        enter(log, way, g)
        step(log, lambda: g.throw(ValueError('mine')))
        log('left', counts[0])
        counts[0] = 0


@program('nine hundred levels deep, the result passes all levels')
def _(log):
    def down(levels):
        if levels == 0:
            return (yield 'bottom')
        return (yield from down(levels - 1)) + 1

    g = down(900)
    step(log, lambda: next(g))
    step(log, lambda: g.send(100))
