"""G21: Any greenlet can switch to any other. When one ends, its parent continues, whoever switched to it last."""
from greenlet import getcurrent, greenlet
from programs import program


@program('a token goes round a ring')
def _(log):
    def run(n):
        me = getcurrent()
        hops = main.switch(me)
        while hops < 10:
            log(me, 'has it')
            hops = ring[(n + 1) % 3].switch(hops + 1)
        return [me, 'ends the game']

    main = getcurrent()
    ring = []
    for n in range(3):
        g = greenlet(run)
        g.label = 'abc'[n]
        ring.append(g.switch(n))
    log(ring[0].switch(1))
    log([g.dead for g in ring])


@program('two take turns, with main in between')
def _(log):
    def run(name):
        for n in range(3):
            log(name, n)
            others[name].switch(name)
        return f'{name} is done'

    a = greenlet(run)
    b = greenlet(run)
    others = {'a': b, 'b': a}
    log('main gets', a.switch('a'))
    log('main gets', b.switch('main'))
    log(a.dead, b.dead)


@program('a greenlet waits until somebody switches to it')
def _(log):
    def run(name):
        log(name, 'begins')
        main.switch()
        log(name, 'goes on')

    main = getcurrent()
    waiting = greenlet(run)
    waiting.switch('waiting')
    for n in range(3):
        g = greenlet(run)
        g.switch(n)
        g.switch()
    log(bool(waiting), waiting.dead)


@program('its end goes to the parent, past those that switched to it')
def _(log):
    def parent_run():
        first = greenlet(first_run)
        log('parent gets', first.switch())
        return 'parent is done'

    def first_run():
        second = greenlet(second_run, main)
        log('first gets', second.switch(getcurrent()))

    def second_run(first):
        third = greenlet(third_run, first.parent)
        log('second gets', third.switch())

    def third_run():
        return 'from third'

    main = getcurrent()
    log('main gets', greenlet(parent_run).switch())


@program('a producer and a consumer, neither of which is the parent of the other')
def _(log):
    def producer_run():
        for item in ['one', 'two', 'three']:
            log('produced', item)
            log('then', consumer.switch(item))
        consumer.switch(None)

    def consumer_run(item):
        while item is not None:
            log('consumed', item)
            item = producer.switch('more')
        return 'sold out'

    producer = greenlet(producer_run)
    consumer = greenlet(consumer_run)
    log('main gets', producer.switch())
    log(bool(producer), consumer.dead)
