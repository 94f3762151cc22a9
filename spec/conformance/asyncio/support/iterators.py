"""Asynchronous iterators that several programs use; the twin of `iterators.ts`."""
from asyncio import sleep


class Countdown:
    """Gives n - 1, …, 1, 0; each after a pause."""

    def __init__(self, n, pause=0):
        self.n, self.pause = n, pause

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        if self.pause > 0:
            await sleep(self.pause)
        self.n -= 1
        return self.n


class Numbers:
    """Gives the same numbers to each loop, from the beginning."""

    def __init__(self, *numbers):
        self.numbers = numbers

    def __aiter__(self):
        return Reader(self.numbers)


class Reader:
    """Gives the items of something that can be iterated."""

    def __init__(self, items):
        self.items = iter(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        for item in self.items:
            return item
        raise StopAsyncIteration
