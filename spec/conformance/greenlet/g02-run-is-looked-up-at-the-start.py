"""G2: A greenlet looks up its `run` when it starts, so a subclass can define it."""
from greenlet import getcurrent, greenlet
from programs import program


class Boom(Exception):
    pass


@program('a subclass may define run as a method')
def _(log):
    class Worker(greenlet):
        job = 'digging'

        def run(self, word):
            log(self is getcurrent(), self.job, word)
            log('worker gets', self.parent.switch('begun'))
            return 'worker is done'

    worker = Worker()
    log('main gets', worker.switch('start'))
    log('main gets', worker.switch('go on'))


@program('a subclass may define run as a property, which the first switch reads, in the greenlet that switches')
def _(log):
    class Lazy(greenlet):
        @property
        def run(self):
            log('asked in', getcurrent())
            return self.work

        def work(self, word):
            log('works in', getcurrent(), word)

    g = Lazy()
    g.label = 'g'
    log('made')
    g.switch('start')
    log(g.dead)


@program('an error of the property is raised in the greenlet that switches, and the new one stays unstarted')
def _(log):
    class Fails(greenlet):
        @property
        def run(self):
            raise Boom

    def caller_run():
        try:
            g.switch()
        except Boom as error:
            log(getcurrent(), 'caught', error)
        return 'caller is done'

    g = Fails()
    caller = greenlet(caller_run)
    caller.label = 'caller'
    log('main gets', caller.switch())
    log(bool(g), g.dead)
    try:
        g.throw(ValueError)
    except Exception as error:
        log(error)
    log(bool(g), g.dead)


@program('when a child ends, the property of its parent is read while the child is still current')
def _(log):
    class Lazy(greenlet):
        @property
        def run(self):
            log('asked in', getcurrent(), getcurrent().dead)
            return lambda value: ['run got', value]

    parent = Lazy()
    child = greenlet(lambda: 'child is done', parent)
    child.label = 'child'
    log('main gets', child.switch())
    log(parent.dead)


@program('a run set on the instance takes precedence over the method; a run given to the constructor does not')
def _(log):
    class Worker(greenlet):
        def run(self):
            return 'the method'

    def other():
        return 'the other'

    given = Worker(other)
    log(given.switch())
    replaced = Worker()
    replaced.run = other
    log(replaced.switch())


@program('the property may still give the greenlet another parent')
def _(log):
    class Lazy(greenlet):
        @property
        def run(self):
            self.parent = heir
            return lambda: 'lazy is done'

    def heir_run():
        log('heir gets', main.switch())
        return 'heir is done'

    main = getcurrent()
    heir = greenlet(heir_run)
    heir.switch()
    log('main gets', Lazy().switch())
