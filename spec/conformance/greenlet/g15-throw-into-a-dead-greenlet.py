"""G15: An error thrown into a dead greenlet is raised in its nearest living ancestor; GreenletExit arrives there
as a value.
"""
from dead import dead_greenlet
from greenlet import GreenletExit, getcurrent, greenlet, settrace
from programs import program


class Boom(Exception):
    pass


class Leave(GreenletExit):
    pass


@program('an error is raised in the parent, GreenletExit arrives as a value')
def _(log):
    g = dead_greenlet('g')
    try:
        g.throw(Boom('mine'))
    except Boom as error:
        log('main caught', error, str(error))
    log('main gets', g.throw())
    log('main gets', g.throw(Leave))
    mine = GreenletExit('mine')
    log('main gets', g.throw(mine) is mine)
    log(g.dead)


@program('the nearest living ancestor may be far up and be waiting for something else')
def _(log):
    def ancestor_run():
        for _ in range(2):
            try:
                log('ancestor gets', main.switch())
            except Boom as error:
                log('ancestor caught', error)
        return 'ancestor is done'

    def thrower_run(error):
        last.throw(error)
        log('never here')

    main = getcurrent()
    last = ancestor = greenlet(ancestor_run)
    for n in range(1000):
        last = dead_greenlet(n, last)
    ancestor.switch()
    greenlet(thrower_run).switch(Leave())
    log('main gets', greenlet(thrower_run).switch(Boom()))


@program('an unstarted ancestor dies of an error, but GreenletExit starts it without arguments')
def _(log):
    def ancestor_run(*args):
        log('ancestor got', len(args), *args)
        return 'ancestor is done'

    ancestor = greenlet(ancestor_run)
    try:
        dead_greenlet('g', ancestor).throw(Boom)
    except Boom as error:
        log('main caught', error)
    log(ancestor.dead)
    ancestor = greenlet(ancestor_run)
    log('main gets', dead_greenlet('g', ancestor).throw())
    log(ancestor.dead)


@program('it is traced as one jump to the ancestor: a switch for GreenletExit, a throw for any other error')
def _(log):
    def tracer(event, greenlets):
        log(event, *greenlets)

    def caller_run():
        log('caller gets', last.throw())
        try:
            last.throw(Boom)
        except Boom as error:
            log('caller caught', error)

    caller = greenlet(caller_run)
    caller.label = 'caller'
    last = dead_greenlet('last', dead_greenlet('first', caller))
    settrace(tracer)
    log('main gets', last.throw())
    settrace(None)


@program('an ancestor without run cannot be reached, and the thrower gets the error')
def _(log):
    bare = greenlet()
    g = dead_greenlet('g', bare)
    for error in [Boom, GreenletExit]:
        try:
            g.throw(error)
        except Exception as caught:
            log('main caught', caught)
    log(bool(bare), bare.dead)
