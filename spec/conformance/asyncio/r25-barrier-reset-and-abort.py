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


@program('reset with nobody there changes nothing')
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


@program('who comes while those of before the reset leave is one of the next round')
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


@program('reset while they leave: who has not left yet gets an error')
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


@program('reset twice while they leave is as good as once')
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


@program('abort breaks it: those who wait, and all who come, get an error')
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


@program('abort with nobody there breaks it as well')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await barrier.abort()
        log(barrier.parties, state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('abort while they leave: who has not left yet gets an error')
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


@program('abort while some wait for the leaving to end')
def _(log):
    async def main():
        barrier = Barrier(2)
        a, b, c, d = line_up(log, barrier.wait, *'abcd')
        abort = create_task(barrier.abort())
        await wait([a, b, c, d, abort])
        log(state(barrier))

    run(main())


@program('reset mends what is broken')
def _(log):
    async def main():
        barrier = Barrier(2)
        await barrier.abort()
        await outcome(log, 'broken', barrier.wait())
        await barrier.reset()
        log(state(barrier))
        await wait(line_up(log, barrier.wait, 'a', 'b'))

    run(main())


@program('broken and reset before those who wait have left')
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


@program('reset and broken before those who wait have left')
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


@program('one of those who wait breaks it for the others')
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
