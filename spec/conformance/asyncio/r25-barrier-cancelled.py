"""R25, a barrier cancelled: a task that is cancelled or times out leaves, and another one has to come in its place."""
from asyncio import Barrier, current_task, get_running_loop, sleep, wait, wait_for

from barriers import state
from crew import line_up, start, turns
from programs import program
from virtual import run
from witness import outcome


@program('when all waiters are cancelled, it is empty and works')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        for task in tasks:
            task.cancel()
        await wait(tasks)
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))

    run(main())


@program('cancelled in the step in which the last one comes')
def _(log):
    async def main():
        for cancel_first in (True, False):
            barrier = Barrier(3)
            a, b = line_up(log, barrier.wait, 'a', 'b')
            await turns(2)
            if cancel_first:
                a.cancel()
            log('main', await barrier.wait())
            a.cancel()
            await wait([a, b])
            log(state(barrier))

    run(main())


@program('cancelled while waiting for the previous round to leave')
def _(log):
    async def main():
        barrier = Barrier(2)
        tasks = line_up(log, barrier.wait, *'abcde')
        await sleep(0)
        tasks[2].cancel()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('one task times out, and the others continue waiting')
def _(log):
    async def main():
        barrier = Barrier(2)
        await outcome(log, 'impatient', wait_for(barrier.wait(), 10))
        log(state(barrier))
        a = start(log, 'a', barrier.wait())
        await sleep(5)
        await outcome(log, 'in time', wait_for(barrier.wait(), 10))
        await a
        log(get_running_loop().time())

    run(main())


@program('the deadline passes in the turn in which the last one comes')
def _(log):
    async def late(barrier):
        await sleep(10)
        return await barrier.wait()

    async def main():
        for late_first in (True, False):
            barrier = Barrier(2)
            parts = {'late': late(barrier), 'impatient': wait_for(barrier.wait(), 10)}
            names = ['late', 'impatient'] if late_first else ['impatient', 'late']
            tasks = [start(log, name, parts[name]) for name in names]
            await wait(tasks, timeout=20)
            log([task.done() for task in tasks], state(barrier))
            await barrier.abort()
            await wait(tasks)

    run(main())


@program('a task that swallows its cancellation may come back to the barrier')
def _(log):
    async def stubborn(barrier):
        await outcome(log, 'first', barrier.wait())
        log(state(barrier), current_task().uncancel())
        return await barrier.wait()

    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', stubborn(barrier))
        await turns(2)
        a.cancel()
        await turns(3)
        log(state(barrier))
        log('main', await barrier.wait())
        await a

    run(main())
