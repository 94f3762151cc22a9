"""The event loop of asyncio, which tells of its turns, tasks, timers and waits. Its clock skips idle time."""
import asyncio
import heapq
import sys
from asyncio import futures, tasks
from pathlib import Path

from told import Moment, show, tell

sys.path.append(str(Path(__file__).parents[2] / 'conformance/asyncio/support'))
from virtual import Selector, Timer, VirtualLoop  # noqa: E402

OF_SLEEP = futures._set_result_unless_cancelled
"""The callback of the timer that `asyncio.sleep()` sets."""


class Future(futures._PyFuture):
    is_of_sleep = False

    def in_words(self):
        return f'<Future {outcome(self)}>'

    def _Future__schedule_callbacks(self):
        if not self.is_of_sleep:  # a sleep has no future here
            tell('done', value=show(self), to='future', own=True)
        super()._Future__schedule_callbacks()


class Task(tasks._PyTask):
    def __init__(self, coro, *, name, **options):
        super().__init__(coro, name=name, **options)
        tell('task', value=show(self), to=self.get_name())

    def in_words(self):
        return f'<Task {outcome(self)} name={self.get_name()!r} coro={self.get_coro().__name__}>'

    def cancel(self, msg=None):
        if not self.done():
            tell('cancel', value=show(self), to=self.get_name())
        return super().cancel(msg)

    def _Task__step(self, exc=None):
        """One turn of the task, from the moment when it wakes up."""
        awaited = self._fut_waiter
        brought = asyncio.CancelledError() if self._must_cancel else exc
        if brought is None and awaited is not None:
            brought = awaited.result()
        Moment.latest, Moment.waits = None, False
        own = {'own': True} if isinstance(awaited, Future) and not awaited.is_of_sleep else {}
        tell('switch', value=show(brought), **{'from': 'main', 'to': self.get_name(), 'why': 'wake'}, **own)
        super()._Task__step(exc)
        if not self.done() and self._fut_waiter is not None:
            waits(show(self._fut_waiter))
        tell('switch', value='undefined', **{'from': self.get_name(), 'to': 'main', 'why': 'end' if self.done() else 'wait'})

    def _Future__schedule_callbacks(self):
        tell('done', value=show(self), to=self.get_name())
        super()._Future__schedule_callbacks()


def outcome(future):
    if not future.done():
        return 'pending'
    if future.cancelled():
        return 'cancelled'
    error = future.exception()
    return f'finished result={show(future.result())}' if error is None else f'finished exception={show(error)}'


def waits(what):
    """The generator that has told something last waits. It is told once, before what its wait begins with."""
    if not Moment.waits:
        Moment.waits = True
        Moment.latest.tell('suspend', Moment.latest.at, what)


class ToldTimer(Timer):
    __slots__ = ('words',)

    def _run(self):
        tell('due', value=self.words)
        super()._run()


class ToldHandle(asyncio.Handle):
    __slots__ = ()

    def _run(self):
        if not isinstance(getattr(self._callback, '__self__', None), Task):
            tell('callback', value=f'<Handle {self._callback.__name__}()>', own=True)
        super()._run()


class ToldSelector(Selector):
    def select(self, timeout):
        events = super().select(timeout)
        tell('turn')
        return events


class ToldLoop(VirtualLoop):
    def __init__(self):
        super().__init__()
        self._selector = ToldSelector(self)

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name, context=context)

    def call_at(self, when, callback, *args, context=None):
        timer = ToldTimer(when, callback, args, self, context)
        timer.words = f'sleep({milliseconds(when - self.now)})' if callback is OF_SLEEP else callback.__name__
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        if callback is OF_SLEEP:
            args[0].is_of_sleep = True
            waits(timer.words)
        tell('timer', value=timer.words)
        return timer

    def _call_soon(self, callback, args, context):
        handle = ToldHandle(callback, args, self, context)
        self._ready.append(handle)
        return handle


def milliseconds(seconds):
    return round(seconds * 1000)


def run(main):
    """`asyncio.run()`, which tells until main is over. What it does afterwards is its own affair."""
    try:
        with asyncio.Runner(loop_factory=ToldLoop) as runner:
            loop = runner.get_loop()
            Moment.clock = lambda: milliseconds(loop.now)
            try:
                return runner.run(main)
            finally:
                Moment.clock, Moment.silent = None, True
    finally:
        Moment.silent = False


def begin(_):
    asyncio.run = run
