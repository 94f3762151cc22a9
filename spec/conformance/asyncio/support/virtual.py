"""asyncio with a clock that skips idle time, so that traces have no chance in them.

One unit of time is called a second there and a millisecond here; programs use the same numbers.
"""
import asyncio
import heapq


class DeadlockError(RuntimeError):
    """Nothing is left that could wake the loop. Real asyncio would wait for ever."""


class Timer(asyncio.TimerHandle):
    """Equal deadlines fire in the order they were made; asyncio leaves that to its heap."""
    __slots__ = ('order',)
    made = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        Timer.made += 1
        self.order = Timer.made

    def __lt__(self, other):
        return (self._when, self.order) < (other._when, other.order)


class Selector:
    """Waits by moving the clock."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise DeadlockError
        self.loop.now += timeout
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0
        self._selector = Selector(self)
        self.reports = []

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError('when cannot be None')
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_at')
        timer = Timer(when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def run_forever(self):
        # Python 3.13.0 forgets the loop that runs when this is refused.
        self._check_closed()
        self._check_running()
        super().run_forever()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    def default_exception_handler(self, context):
        """Nothing is printed: a program that is about reports sets a handler."""


def new_loop():
    return VirtualLoop()


def run(main, **options):
    """asyncio.run() with the virtual clock."""
    if asyncio._get_running_loop() is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    with asyncio.Runner(loop_factory=VirtualLoop, **options) as runner:
        return runner.run(main)
