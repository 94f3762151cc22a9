"""G11: If a parent cannot be started, the reason is raised in its own parent. The one that could not start is not
dead.
"""
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


@program('a parent without run is passed over, and its own parent gets an AttributeError')
def _(log):
    def grandparent_run():
        bare.parent = getcurrent()
        try:
            greenlet(lambda: 'child is done', bare).switch()
        except AttributeError as error:
            log('grandparent caught', error)
        return 'grandparent is done'

    bare = greenlet()
    log('main gets', greenlet(grandparent_run).switch())
    log(bool(bare), bare.dead)


@program('given a run later, it can still be started')
def _(log):
    bare = greenlet()
    child = greenlet(lambda: 'child is done', bare)
    try:
        child.switch()
    except AttributeError as error:
        log(error, child.dead)
    bare.run = lambda value: ['run got', value]
    log('main gets', bare.switch('start'))
    log(bare.dead)


@program('the AttributeError replaces the error that the child ended with')
def _(log):
    def child_run():
        raise Boom

    bare = greenlet()
    try:
        greenlet(child_run, bare).switch()
    except Exception as error:
        log('main caught', error)
    log(bool(bare), bare.dead)


@program('further up, unstarted parents die, and others without run are passed over too')
def _(log):
    def never_run():
        log('never here')

    last = getcurrent()
    chain = []
    for run in [never_run, None, never_run, None, None]:
        last = greenlet(parent=last) if run is None else greenlet(run, last)
        chain.append(last)
    try:
        greenlet(lambda: 'child is done', last).switch()
    except AttributeError as error:
        log('main caught', error)
    log([g.dead for g in chain])


@program('a parent whose run property raises is passed over too, and only the jump that succeeds is traced')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    class Fails(greenlet):
        @property
        def run(self):
            raise Boom

    parent = Fails()
    parent.label = 'parent'
    child = greenlet(lambda: 'child is done', parent)
    child.label = 'child'
    settrace(tracer)
    try:
        child.switch()
    except Boom as error:
        log('main caught', error)
    settrace(None)
    log(bool(parent), parent.dead)


@program('GreenletExit as the reason is thrown like any other error')
def _(log):
    class Fails(greenlet):
        @property
        def run(self):
            raise GreenletExit

    def grandparent_run():
        parent = Fails()
        try:
            log('never here', greenlet(lambda: 'child is done', parent).switch())
        except GreenletExit as error:
            log('grandparent caught', error, parent.dead)
        return 'grandparent is done'

    log('main gets', greenlet(grandparent_run).switch())
