"""G31: A greenlet prints its state, accepts attributes of your own, and cannot be copied."""
import copy
import pickle
import re

from greenlet import GreenletExit, getcurrent, greenlet
from programs import program


def words(g):
    """The words that say how it is."""
    return re.findall('pending|current|suspended|active|started|dead|main', repr(g))


@program('it prints its state')
def _(log):
    def run():
        log('running', words(g))
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    log('unstarted', words(g))
    g.switch()
    log('waiting', words(g))
    g.switch()
    log('ended', words(g))


@program('main and a greenlet that waits for its child print theirs')
def _(log):
    def parent_run():
        greenlet(child_run).switch()

    def child_run():
        log('main', words(main))
        log('parent', words(parent))
        log('child', words(getcurrent()))

    main = getcurrent()
    parent = greenlet(parent_run)
    log('main', words(main))
    parent.switch()
    log('main', words(main))
    log('parent', words(parent))


@program('killed before it started, it is dead; without run, it is pending')
def _(log):
    g = greenlet(lambda: None)
    g.throw(GreenletExit)
    log(words(g))
    bare = greenlet()
    try:
        bare.switch()
    except AttributeError as error:
        log(error)
    log(words(bare))


@program('it takes attributes of the program in any state')
def _(log):
    def run():
        getcurrent().note = [g.note, 'and then it ran']
        main.switch()

    main = getcurrent()
    g = greenlet(run)
    g.note = 'made'
    log(g.note)
    g.switch()
    log(g.note)
    g.switch()
    g.note = 'dead'
    log(g.note)


@program('copying it is a TypeError')
def _(log):
    def run():
        main.switch()

    main = getcurrent()
    unstarted = greenlet(run)
    waiting = greenlet(run)
    waiting.switch()
    for g in [unstarted, waiting, main]:
        try:
            copy.copy(g)
        except TypeError as error:
            log(error)
        try:
            pickle.dumps([g])
        except TypeError as error:
            log(error)
