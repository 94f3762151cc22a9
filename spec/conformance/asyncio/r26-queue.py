"""R26: queues keep the order and have room for so many; who is woken looks again, or passes it on."""
from asyncio import (
    CancelledError, LifoQueue, PriorityQueue, Queue, QueueEmpty, create_task, current_task, eager_task_factory, gather,
    get_running_loop, sleep, timeout, wait, wait_for,
)

from crew import line_up, start, turns
from probes import attempt
from programs import program
from virtual import run
from witness import message, outcome, ticker


class Boom(Exception):
    pass


def filled(queue, items):
    """The queue, with these in it."""
    for item in items:
        queue.put_nowait(item)
    return queue


def drained(queue):
    """All that is in it."""
    return [queue.get_nowait() for _ in range(queue.qsize())]


def sizes(queue):
    """How many are in it, and whether it is empty or full."""
    return [queue.qsize(), queue.empty(), queue.full()]


@program('where there is an item, and where there is room, nobody waits')
def _(log):
    async def main():
        queue = Queue(2)
        ticker(log, 1)
        await queue.put('a')
        await queue.put('b')
        log(await queue.get(), await queue.get())
        await sleep(0)

    run(main())


@program('what was put in first comes out first')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b', 'c'])
        log(sizes(queue))
        await queue.put('d')
        log(await queue.get(), queue.get_nowait(), drained(queue), sizes(queue))

    run(main())


@program('without a size, or with none, it holds any number')
def _(log):
    for queue in [Queue(), Queue(0), Queue(-3), LifoQueue(), PriorityQueue()]:
        filled(queue, range(100))
        log(queue.maxsize, sizes(queue))


@program('it is full when it holds as many as it may')
def _(log):
    queue = Queue(2)
    for i in range(2):
        log(queue.maxsize, sizes(queue))
        queue.put_nowait(i)
    log(sizes(queue))
    attempt(log, lambda: queue.put_nowait(2))
    log(drained(queue), sizes(queue))


@program('half an item more is one item more')
def _(log):
    async def main():
        queue = filled(Queue(1.5), ['a'])
        log(queue.maxsize, sizes(queue))
        await queue.put('b')
        log(sizes(queue))
        await outcome(log, 'c', wait_for(queue.put('c'), 10))

    run(main())


@program('empty, it has nothing to give, and says so')
def _(log):
    for queue in [Queue(), LifoQueue(), PriorityQueue()]:
        attempt(log, queue.get_nowait)
        log(sizes(queue))


@program('nothing at all is an item, too')
def _(log):
    async def main():
        queue = Queue(1)
        getter = start(log, 'getter', queue.get())
        await sleep(0)
        await queue.put(None)
        await getter
        queue.put_nowait(False)
        log(sizes(queue), await queue.get())

    run(main())


@program('who waits for an item gets it in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = Queue()
        getters = line_up(log, queue.get, 'a', 'b', 'c')
        await turns(2)
        ticker(log, 2)
        for item in (1, 2, 3):
            queue.put_nowait(item)
        log(sizes(queue))
        await wait(getters)
        log(sizes(queue))

    run(main())


@program('who waits for room gets it in the next turn, in the order in which they came')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await turns(2)
        ticker(log, 6)
        for _ in range(4):
            log(await queue.get(), sizes(queue))
        await wait(putters)

    run(main())


@program('room for one: maker and user take turns')
def _(log):
    async def maker(queue):
        for i in range(4):
            await queue.put(i)
            log('made', i)

    async def user(queue):
        for _ in range(4):
            log('used', await queue.get())

    async def main():
        queue = Queue(1)
        await gather(maker(queue), user(queue))

    run(main())


@program('any number of room: the maker goes ahead')
def _(log):
    async def maker(queue):
        for i in range(3):
            await queue.put(i)
            log('made', i)

    async def user(queue):
        for _ in range(3):
            log('used', await queue.get())

    async def main():
        queue = Queue()
        await gather(user(queue), maker(queue))

    run(main())


@program('as many are woken as there are items')
def _(log):
    async def main():
        queue = Queue()
        getters = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        filled(queue, [1, 2])
        await turns(3)
        log([task.done() for task in getters])
        queue.put_nowait(3)
        await wait(getters)

    run(main())


@program('an item is stolen from one that was woken: it waits again, at the end of the line')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('stolen')
        log(queue.get_nowait())
        await turns(2)
        log(a.done(), b.done())
        filled(queue, ['first', 'second'])
        await wait([a, b])

    run(main())


@program('a newcomer whose turn comes first takes the item of one that was woken')
def _(log):
    async def main():
        queue = Queue()
        a = start(log, 'a', queue.get())
        await sleep(0)
        newcomer = start(log, 'newcomer', queue.get())
        queue.put_nowait('item')
        await newcomer
        await turns(2)
        log(a.done())
        queue.put_nowait('another')
        await a

    run(main())


@program('stolen, and another one in its place: the first in line takes it, the second was woken for nothing')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        queue.put_nowait('stolen')
        log(queue.get_nowait())
        queue.put_nowait('left')
        await a
        await turns(3)
        log(b.done(), sizes(queue))
        queue.put_nowait('more')
        await b

    run(main())


@program('room is taken from one that was woken: it waits again, at the end of the line')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        log(queue.get_nowait())
        queue.put_nowait('thief')
        await turns(2)
        log(a.done(), b.done())
        for _ in range(3):
            log(await queue.get())
            await turns(2)
        await wait([a, b])

    run(main())


@program('several are taken out in one step: as many are let in')
def _(log):
    async def main():
        queue = filled(Queue(2), ['x', 'y'])
        putters = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await sleep(0)
        log(drained(queue))
        await turns(2)
        log([task.done() for task in putters], sizes(queue))
        log(drained(queue))
        await wait(putters)

    run(main())


@program('cancelled in line, one is passed over')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        a.cancel()
        await turns(2)
        queue.put_nowait('item')
        await b
        log(sizes(queue))

    run(main())


@program('cancelled first, and an item put in then: the next in line is woken at once')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        a.cancel()
        queue.put_nowait('item')
        await wait([a, b])
        await sleep(0)

    run(main())


@program('an item put in first, and cancelled then: the one that was woken passes it on')
def _(log):
    async def main():
        queue = Queue()
        a, b = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        ticker(log, 3)
        queue.put_nowait('item')
        a.cancel()
        await wait([a, b])
        await sleep(0)

    run(main())


@program('woken, cancelled, and nobody behind: the item stays')
def _(log):
    async def main():
        queue = Queue()
        a = start(log, 'a', queue.get())
        await sleep(0)
        queue.put_nowait('item')
        a.cancel()
        await a
        log(sizes(queue), await queue.get())

    run(main())


@program('woken, cancelled, and the item stolen: nobody else is woken for it')
def _(log):
    async def main():
        queue = Queue()
        a, b, c = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        queue.put_nowait('item')
        log(queue.get_nowait())
        a.cancel()
        await a
        await turns(3)
        log(b.done(), c.done())
        filled(queue, ['another', 'the last'])
        await wait([b, c])

    run(main())


@program('two were woken, one is cancelled: no item is lost')
def _(log):
    async def main():
        for victim in range(2):
            queue = Queue()
            tasks = line_up(log, queue.get, 'a', 'b', 'c')
            await sleep(0)
            filled(queue, [1, 2])
            tasks[victim].cancel()
            await wait(tasks)
            log(sizes(queue))

    run(main())


@program('all who wait are cancelled: what is put in stays')
def _(log):
    async def main():
        queue = Queue()
        tasks = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        for task in tasks:
            task.cancel()
        queue.put_nowait('item')
        await wait(tasks)
        log(drained(queue))

    run(main())


@program('woken and cancelled one after the other, the item goes from one to the next')
def _(log):
    async def main():
        queue = Queue()
        tasks = line_up(log, queue.get, 'a', 'b', 'c')
        await sleep(0)
        queue.put_nowait('item')
        for task in tasks[:2]:
            task.cancel()
            await sleep(0)
        await wait(tasks)

    run(main())


@program('cancelled while it waits for room, its item is never put in')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        a.cancel()
        await turns(2)
        log(await queue.get())
        await b
        log(drained(queue))

    run(main())


@program('room made first, and cancelled then: the one that was woken passes it on')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        ticker(log, 3)
        log(queue.get_nowait())
        a.cancel()
        await wait([a, b])
        log(drained(queue))

    run(main())


@program('cancelled first, and room made then: the next in line is woken at once')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        ticker(log, 3)
        a.cancel()
        log(queue.get_nowait())
        await wait([a, b])
        log(drained(queue))

    run(main())


@program('woken, cancelled, and the room taken: nobody else is woken for it')
def _(log):
    async def main():
        queue = filled(Queue(1), ['first'])
        a, b, c = [start(log, f'put {item}', queue.put(item)) for item in 'abc']
        await sleep(0)
        log(queue.get_nowait())
        queue.put_nowait('thief')
        a.cancel()
        await a
        await turns(3)
        log(b.done(), c.done())
        log(queue.get_nowait())
        await b
        log(queue.get_nowait())
        await c

    run(main())


@program('the message of the cancellation arrives, and who swallows it may take the item all the same')
def _(log):
    async def stubborn(queue):
        try:
            await queue.get()
        except CancelledError as error:
            log(error, message(error), current_task().uncancel())
        return await queue.get()

    async def main():
        queue = Queue()
        a, b = start(log, 'a', stubborn(queue)), start(log, 'b', queue.get())
        await sleep(0)
        queue.put_nowait(1)
        a.cancel('not you')
        await a
        await turns(3)
        log(b.done())
        queue.put_nowait(2)
        await b

    run(main())


@program('with nothing to do, join() takes no turn')
def _(log):
    async def main():
        queue = Queue()
        ticker(log, 1)
        log(await queue.join())
        queue.put_nowait('item')
        queue.get_nowait()
        queue.task_done()
        log(await queue.join())
        await sleep(0)

    run(main())


@program('join() waits until each item that was put in is done, not only taken out')
def _(log):
    async def main():
        queue = filled(Queue(), ['a', 'b'])
        joiners = line_up(log, queue.join, 'one', 'two')
        await sleep(0)
        log(drained(queue))
        queue.task_done()
        await turns(2)
        log([task.done() for task in joiners])
        ticker(log, 2)
        queue.task_done()
        await wait(joiners)

    run(main())


@program('more is done than was put in')
def _(log):
    async def main():
        queue = Queue()
        attempt(log, queue.task_done)
        queue.put_nowait('item')
        attempt(log, queue.task_done)
        attempt(log, queue.task_done)
        log(sizes(queue))
        queue.put_nowait('another')
        attempt(log, queue.task_done)
        attempt(log, queue.task_done)

    run(main())


@program('done already, and something new put in before join() goes on: it goes on all the same')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        queue.task_done()
        queue.put_nowait('b')
        await joiner
        await outcome(log, 'again', wait_for(queue.join(), 10))
        queue.task_done()
        await outcome(log, 'at last', queue.join())

    run(main())


@program('join() is given up, and cancelled, without a trace')
def _(log):
    async def main():
        queue = filled(Queue(), ['a'])
        await outcome(log, 'join', wait_for(queue.join(), 10))
        joiner = start(log, 'joiner', queue.join())
        await sleep(0)
        joiner.cancel()
        queue.task_done()
        await joiner
        await outcome(log, 'join', queue.join())

    run(main())


@program('workers share what there is to do, and are sent home when it is done')
def _(log):
    async def worker(name, queue):
        while True:
            ms = await queue.get()
            await sleep(ms)
            log(name, 'did', ms, 'at', get_running_loop().time())
            queue.task_done()

    async def main():
        queue = filled(Queue(), [20, 10, 5, 5, 30, 1])
        workers = [create_task(worker(name, queue)) for name in 'abc']
        await queue.join()
        log('all done at', get_running_loop().time())
        for task in workers:
            task.cancel()
        log(await gather(*workers, return_exceptions=True))

    run(main())


@program('each item is followed through the queue of the next one')
def _(log):
    async def stage(name, source, target):
        while True:
            item = await source.get()
            log(name, item)
            if target is not None:
                await target.put(item + name)
            source.task_done()

    async def main():
        first, second = Queue(1), Queue(1)
        stages = [create_task(stage('x', first, second)), create_task(stage('y', second, None))]
        for item in 'abc':
            await first.put(item)
        await first.join()
        await second.join()
        log('done')
        stages[0].cancel()
        stages[1].cancel()
        await wait(stages)

    run(main())


@program('the time runs out, and the item that comes later is for another one')
def _(log):
    async def main():
        queue = Queue()
        await outcome(log, 'get', wait_for(queue.get(), 10))
        queue.put_nowait('item')
        await outcome(log, 'get', wait_for(queue.get(), 10))
        full = filled(Queue(1), ['item'])
        await outcome(log, 'put', wait_for(full.put('lost'), 10))
        log(drained(full), get_running_loop().time())

    run(main())


@program('the item comes in the turn in which the time is over: it stays in the queue')
def _(log):
    async def getter(queue):
        async with timeout(10):
            return await queue.get()

    async def main():
        loop = get_running_loop()
        for item_first in (True, False):
            queue = Queue()
            if item_first:
                loop.call_later(10, queue.put_nowait, 'item')
            task = start(log, 'getter', getter(queue))
            await sleep(0)
            if not item_first:
                loop.call_later(10, queue.put_nowait, 'item')
            await task
            await sleep(0)
            log(drained(queue), loop.time())

    run(main())


@program('without time, not even what is there is taken')
def _(log):
    async def main():
        queue = filled(Queue(2), ['item'])
        await outcome(log, 'get', wait_for(queue.get(), 0))
        await outcome(log, 'put', wait_for(queue.put('another'), 0))
        log(drained(queue))

    run(main())


@program('the last in is the first out')
def _(log):
    async def main():
        queue = filled(LifoQueue(3), ['a', 'b', 'c'])
        log(sizes(queue))
        putter = start(log, 'put d', queue.put('d'))
        await sleep(0)
        log(await queue.get())
        await putter
        log(drained(queue))
        getters = line_up(log, queue.get, 'one', 'two')
        await sleep(0)
        filled(queue, [1, 2])
        await wait(getters)

    run(main())


@program('the least comes first')
def _(log):
    async def main():
        numbers = filled(PriorityQueue(), [5, 3, -1, 3.5, 10, 3, 0])
        words = filled(PriorityQueue(), ['pear', 'apple', 'fig', 'Fig', 'app', ''])
        log(drained(numbers))
        log(drained(words))

    run(main())


@program('pairs go by their priority, and by what follows where that is equal')
def _(log):
    async def main():
        pairs = [(2, 'b'), (1, 'z'), (2, 'a'), (1, 'a', 0), (0, 'x'), (1, 'a'), (2, 'a')]
        log(drained(filled(PriorityQueue(), pairs)))
        nested = filled(PriorityQueue(), [((1, 2), 'b'), ((1, 1), 'c'), ((1,), 'd'), ((0, 9), 'e')])
        log(drained(nested))

    run(main())


@program('many numbers, put in and taken out by turns, come out in order')
def _(log):
    seed = 7

    def following():
        nonlocal seed
        seed = (seed * 1103 + 12345) % 65536
        return seed % 100

    queue = filled(PriorityQueue(), [following() for _ in range(30)])
    for _ in range(5):
        log([queue.get_nowait() for _ in range(6)])
        filled(queue, [following() for _ in range(4)])
    log(drained(queue))


@program('one that was woken gets the least of what there is when its turn comes')
def _(log):
    async def main():
        queue = PriorityQueue()
        getters = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        filled(queue, [3, 2, 1])
        await wait(getters)
        log(drained(queue))

    run(main())


@program('who waits for room puts its item in its place')
def _(log):
    async def main():
        queue = filled(PriorityQueue(2), [5, 1])
        putters = [start(log, f'put {item}', queue.put(item)) for item in (7, 0)]
        await sleep(0)
        for _ in range(4):
            log(await queue.get())
            await turns(2)
        await wait(putters)

    run(main())


@program('a subclass keeps its items as it likes')
def _(log):
    class Unique(Queue):
        """Each item once, however often it is put in."""

        def _init(self, maxsize):
            self._queue = {}

        def _put(self, item):
            log('put', item)
            self._queue[item] = True

        def _get(self):
            item = next(iter(self._queue))
            log('get', item)
            del self._queue[item]
            return item

    async def main():
        queue = filled(Unique(3), ['a', 'b', 'a'])
        log(sizes(queue))
        await queue.put('c')
        log(sizes(queue))
        putter = start(log, 'putter', queue.put('d'))
        await sleep(0)
        log(drained(queue))
        await putter
        log(drained(queue))
        await outcome(log, 'join', wait_for(queue.join(), 10))
        for _ in range(5):
            queue.task_done()
        await outcome(log, 'join', queue.join())

    run(main())


@program('a subclass that refuses an item: nothing was put in, and nobody is woken')
def _(log):
    class Picky(Queue):
        def _put(self, item):
            if item == 'bad':
                raise Boom
            super()._put(item)

    async def main():
        queue = Picky()
        getter = start(log, 'getter', queue.get())
        await sleep(0)
        attempt(log, lambda: queue.put_nowait('bad'))
        await outcome(log, 'put', queue.put('bad'))
        await turns(2)
        log(getter.done(), sizes(queue))
        await queue.join()
        queue.put_nowait('good')
        await getter
        queue.task_done()
        attempt(log, queue.task_done)

    run(main())


@program('a subclass that fails to give an item: nobody who waits for room is woken')
def _(log):
    class Stuck(Queue):
        stuck = True

        def _get(self):
            if self.stuck:
                raise Boom
            return super()._get()

    async def main():
        queue = filled(Stuck(1), ['item'])
        a, b = start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))
        await sleep(0)
        attempt(log, queue.get_nowait)
        await turns(2)
        log(a.done(), b.done(), sizes(queue))
        queue.stuck = False
        log(await queue.get())
        await a
        log(await queue.get())
        await b

    run(main())


@program('eager tasks get and put before anybody sees them')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        queue = Queue(1)
        a, b = line_up(log, queue.get, 'a', 'b')
        log(a.done())
        c, d = start(log, 'put 1', queue.put(1)), start(log, 'put 2', queue.put(2))
        log(c.done(), d.done())
        e = start(log, 'e', queue.get())
        log(e.done())
        await wait([b, d])
        log(a.done())
        await queue.put(3)
        await a

    run(main())


@program('cancelling a gather() of getters takes them all out of the line')
def _(log):
    async def main():
        queue = Queue()
        both = gather(outcome(log, 'a', queue.get()), outcome(log, 'b', queue.get()))
        c = start(log, 'c', queue.get())
        await sleep(0)
        queue.put_nowait('item')
        both.cancel()
        await c
        await outcome(log, 'both', both)
        log(sizes(queue))

    run(main())


@program('plain code puts in and takes out, with and without a loop')
def _(log):
    queue = filled(Queue(), ['before'])

    async def main():
        loop = get_running_loop()
        loop.call_later(10, queue.put_nowait, 'later')
        log(await queue.get(), loop.time())
        log(await queue.get(), loop.time())
        queue.put_nowait('after')

    run(main())
    log(drained(queue))


@program('polling: what is not there yet is asked for again')
def _(log):
    async def poll(queue):
        while True:
            try:
                return queue.get_nowait()
            except QueueEmpty as error:
                log(error, get_running_loop().time())
                await sleep(4)

    async def main():
        queue = Queue()
        get_running_loop().call_later(10, queue.put_nowait, 'item')
        log(await poll(queue), get_running_loop().time())

    run(main())


@program('a queue belongs to the loop in which somebody first had to wait')
def _(log):
    async def late(queue):
        get_running_loop().call_later(10, queue.put_nowait, 'late')
        return await wait_for(queue.get(), 20)

    async def at_once(queue):
        await queue.put('at once')
        return await queue.get()

    queue = Queue()
    log(run(at_once(queue)), run(at_once(queue)), run(late(queue)), run(at_once(queue)))
    run(outcome(log, 'elsewhere', late(queue)))
    log(sizes(queue))


@program('that goes for all who wait, for items, for room, or for the end of all work')
def _(log):
    async def get(queue):
        await outcome(log, 'get', wait_for(queue.get(), 10))

    async def put(queue):
        await outcome(log, 'put', wait_for(queue.put('two'), 10))

    async def join(queue):
        await outcome(log, 'join', wait_for(queue.join(), 10))

    queue = Queue(1)
    run(get(queue))
    queue.put_nowait('one')
    run(put(queue))
    run(join(queue))
    run(join(queue))
    full = filled(Queue(1), ['one'])
    run(put(full))
    run(put(full))
    full.get_nowait()
    run(get(full))
