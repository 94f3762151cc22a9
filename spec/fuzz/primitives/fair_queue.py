"""asyncio's queue, in which nobody overtakes who waits.

In CPython a getter that was woken and has not run yet is overtaken by one that comes later, and waits again, at the end of
the line. Here it keeps its place, as it does on the other side, and put_nowait() does not take its room. Everything else is asyncio's.
"""
import asyncio
from asyncio import QueueFull, QueueShutDown


class Side:
    """Those who wait at one side of a queue, from the call until they go on."""

    def __init__(self, line):
        self.line = line
        self.inside = set()
        self.ranks = {}

    def is_busy(self):
        return any(not waiter.cancelled() for waiter in self.inside)

    def is_busy_before(self, rank):
        return any(not waiter.cancelled() and self.ranks[waiter] < rank for waiter in self.inside)

    def waiting(self):
        return sum(not waiter.done() for waiter in self.inside)

    def leaving(self):
        return sum(waiter.done() and not waiter.cancelled() for waiter in self.inside)

    async def wait(self, rank, is_left, wake_next):
        """:returns: the rank of who waited, to wait again at the same place."""
        waiter = asyncio.get_running_loop().create_future()
        self.inside.add(waiter)
        rank = len(self.ranks) if rank is None else rank
        self.ranks[waiter] = rank
        self.line.insert(sum(self.ranks[other] < rank for other in self.line), waiter)
        try:
            await waiter
        except BaseException:
            self.inside.discard(waiter)
            released = waiter.done() and not waiter.cancelled()
            waiter.cancel()
            if waiter in self.line:
                self.line.remove(waiter)
            if released and is_left():
                wake_next(self.line)
            raise
        self.inside.discard(waiter)
        return rank


class Fair:
    """To be derived from together with a queue of asyncio's."""

    def __init__(self, maxsize=0):
        super().__init__(maxsize)
        self._get_side = Side(self._getters)
        self._put_side = Side(self._putters)

    async def put(self, item):
        side = self._put_side
        waits, rank = self.full() or side.is_busy(), None
        while waits:
            if self._is_shutdown:
                raise QueueShutDown
            rank = await side.wait(rank, lambda: not self.full(), self._wakeup_next)
            waits = self.full() or side.is_busy_before(rank)
        super().put_nowait(item)
        if side.waiting() and (self.maxsize <= 0 or self.qsize() + side.leaving() < self.maxsize):
            self._wakeup_next(self._putters)

    def put_nowait(self, item):
        if self._put_side.is_busy() and not self._is_shutdown:
            raise QueueFull
        super().put_nowait(item)

    async def get(self):
        side = self._get_side
        waits, rank = self.empty() or side.is_busy(), None
        while waits:
            if self._is_shutdown and self.empty():
                raise QueueShutDown
            rank = await side.wait(rank, lambda: not self.empty(), self._wakeup_next)
            waits = self.empty() or side.is_busy_before(rank)
        item = self.get_nowait()
        if side.waiting() and self.qsize() > side.leaving():
            self._wakeup_next(self._getters)
        return item


class FairQueue(Fair, asyncio.Queue):
    pass


class FairLifoQueue(Fair, asyncio.LifoQueue):
    pass


class FairPriorityQueue(Fair, asyncio.PriorityQueue):
    pass


QUEUES = {'Queue': FairQueue, 'LifoQueue': FairLifoQueue, 'PriorityQueue': FairPriorityQueue}
