"""R25, a barrier reset or broken: `reset()` sends the waiting tasks away with an error, `abort()` also all that
come after.
"""
from asyncio import Barrier, BrokenBarrierError, create_task, gather, sleep, wait

from barriers import state
from crew import line_up, start, turns
from errors import Boom
from programs import program
from virtual import run
from witness import outcome, ticker


@program('reset without waiters changes nothing')
def _(log):
    async def main():
        barrier = Barrier(2)
        ticker(log, 2)
        await barrier.reset()
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('reset while they wait: they get an error, and the barrier is empty')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        ticker(log, 2)
        await barrier.reset()
        log('reset', state(barrier))
        await wait(tasks)
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))

    run(main())


@program('a task that comes while those from before the reset leave belongs to the next round')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        b, c = line_up(log, barrier.wait, 'b', 'c')
        await barrier.reset()
        await wait([a, b, c])
        log(state(barrier))

    run(main())


@program('reset while they leave: those that have not left yet get an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        log('main', await barrier.wait())
        await barrier.reset()
        log(state(barrier))
        await wait(tasks)
        await wait(line_up(log, barrier.wait, 'c', 'd', 'e'))
        log(state(barrier))

    run(main())


@program('reset twice while they leave is the same as once')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.reset()
        await barrier.reset()
        await a
        await barrier.reset()
        await wait(line_up(log, barrier.wait, 'b', 'c'))
        log(state(barrier))

    run(main())


@program('abort breaks it: those that wait, and all that come, get an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        ticker(log, 3)
        await barrier.abort()
        log('broken', state(barrier))
        await outcome(log, 'main', barrier.wait())
        await wait(tasks)
        await outcome(log, 'main', barrier.wait())
        log(state(barrier))

    run(main())


@program('abort without waiters breaks it too')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await barrier.abort()
        log(barrier.parties, state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('abort while they leave: those that have not left yet get an error')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(2)
        log('main', await barrier.wait())
        await barrier.abort()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('abort while some wait for the previous round to leave')
def _(log):
    async def main():
        barrier = Barrier(2)
        a, b, c, d = line_up(log, barrier.wait, *'abcd')
        abort = create_task(barrier.abort())
        await wait([a, b, c, d, abort])
        log(state(barrier))

    run(main())


@program('reset repairs a broken barrier')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await outcome(log, 'broken', barrier.wait())
        await barrier.reset()
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('aborted and reset before the waiters have left')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.abort()
        await barrier.reset()
        log(state(barrier))
        await a
        await wait(line_up(log, barrier.wait, 'b', 'c'))
        log(state(barrier))

    run(main())


@program('reset and aborted before the waiters have left')
def _(log):
    async def main():
        barrier = Barrier(2)
        a = start(log, 'a', barrier.wait())
        await turns(2)
        await barrier.reset()
        await barrier.abort()
        await a
        await outcome(log, 'main', barrier.wait())
        log(state(barrier))

    run(main())


@program('one of the tasks breaks it for the others')
def _(log):
    async def worker(name, barrier, fails):
        try:
            await sleep(10)
            if fails:
                raise Boom
            log(name, await barrier.wait())
        except BrokenBarrierError as error:
            log(name, error)
        except Boom as error:
            log(name, error)
            await barrier.abort()

    async def main():
        barrier = Barrier(3)
        await gather(*[worker(name, barrier, name == 'b') for name in 'abc'])
        log(state(barrier))

    run(main())
