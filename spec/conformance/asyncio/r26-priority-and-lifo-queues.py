"""R26, other orders: a LifoQueue gives the last item first, a PriorityQueue the least, and a subclass keeps items
as it likes.
"""
from asyncio import LifoQueue, PriorityQueue, Queue, sleep, wait, wait_for

from crew import line_up, start, turns
from errors import Boom
from probes import attempt
from programs import program
from queues import drained, filled, sizes
from virtual import run
from witness import outcome


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


@program('a woken getter gets the least of what is there when its turn comes')
def _(log):
    async def main():
        queue = PriorityQueue()
        getters = line_up(log, queue.get, 'a', 'b')
        await sleep(0)
        filled(queue, [3, 2, 1])
        await wait(getters)
        log(drained(queue))

    run(main())


@program('a waiting putter puts its item in the right place')
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


@program('a subclass that fails to give an item: no putter is woken')
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
