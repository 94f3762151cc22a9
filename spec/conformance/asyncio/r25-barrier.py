"""R25: A barrier holds tasks until as many have come as it is made for, and can be used again."""
from asyncio import Barrier, eager_task_factory, gather, get_running_loop, sleep, wait, wait_for

from barriers import state
from crew import line_up, start, turns
from errors import Boom
from probes import attempt
from programs import program
from virtual import run
from witness import outcome, ticker


@program('a barrier is for at least one')
def _(log):
    attempt(log, lambda: Barrier(0))
    attempt(log, lambda: Barrier(-2))
    barrier = Barrier(3)
    log(barrier.parties, *state(barrier))


@program('a barrier for one holds nobody')
def _(log):
    async def main():
        barrier = Barrier(1)
        ticker(log, 1)
        log(await barrier.wait(), await barrier.wait(), *state(barrier))
        await sleep(0)

    run(main())


@program('the last one passes at once, the others in the next turn, numbered as they came')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, 'a', 'b')
        await turns(3)
        log(state(barrier))
        ticker(log, 3)
        log('main', await barrier.wait(), state(barrier))
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('all tasks created at once')
def _(log):
    async def main():
        barrier = Barrier(4)
        ticker(log, 3)
        tasks = line_up(log, barrier.wait, *'abcd')
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('it can be used round after round')
def _(log):
    async def runner(name, ms, barrier):
        for i in range(3):
            await sleep(ms)
            log(name, i, 'is number', await barrier.wait(), 'at', get_running_loop().time())

    async def main():
        barrier = Barrier(3)
        await gather(*[runner(f'every {ms}', ms, barrier) for ms in (3, 1, 2)])
        log(state(barrier))

    run(main())


@program('a task that comes back before all have left waits until they have')
def _(log):
    async def runner(name, barrier):
        for i in range(3):
            log(name, i, await barrier.wait())

    async def main():
        barrier = Barrier(2)
        await gather(runner('a', barrier), runner('b', barrier))

    run(main())


@program('a task that comes while they leave belongs to the next round')
def _(log):
    async def main():
        barrier = Barrier(2)
        a, b, c = line_up(log, barrier.wait, 'a', 'b', 'c')
        await turns(2)
        log(a.done(), b.done(), c.done(), state(barrier))
        await barrier.wait()
        await c
        log(state(barrier))

    run(main())


@program('several times as many tasks as it holds pass in several rounds')
def _(log):
    async def main():
        barrier = Barrier(2)
        await wait(line_up(log, barrier.wait, *'abcdef'))
        log(state(barrier))

    run(main())


@program('one task too many waits for the next round')
def _(log):
    async def main():
        barrier = Barrier(3)
        tasks = line_up(log, barrier.wait, *'abcd')
        await wait(tasks, timeout=10)
        log([task.done() for task in tasks], state(barrier))
        tasks[3].cancel()
        await wait(tasks)
        log(state(barrier))

    run(main())


@program('async with waits at the beginning, gives the number, and does nothing at the end')
def _(log):
    async def body(name, barrier, fails):
        async with barrier as number:
            log(name, number, state(barrier))
            if fails:
                raise Boom
        return name

    async def main():
        barrier = Barrier(3)
        await wait([start(log, name, body(name, barrier, name == 'b')) for name in 'abc'])
        log(state(barrier))

    run(main())


@program('the numbers in a gather() are all different')
def _(log):
    async def main():
        barrier = Barrier(5)
        log(await gather(*[barrier.wait() for _ in range(5)]))

    run(main())


@program('an eager last task passes before its creator continues')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        barrier = Barrier(3)
        a, b = line_up(log, barrier.wait, 'a', 'b')
        log(state(barrier))
        c, d = line_up(log, barrier.wait, 'c', 'd')
        log(a.done(), c.done(), d.done(), state(barrier))
        await wait([a, b])
        await turns(3)
        log(state(barrier))
        d.cancel()
        await d

    run(main())


@program('a barrier belongs to the loop in which a task first waited')
def _(log):
    async def meet(barrier):
        await gather(outcome(log, 'a', barrier.wait()), outcome(log, 'b', barrier.wait()))

    async def alone(barrier):
        await outcome(log, 'alone', wait_for(barrier.wait(), 10))
        log(state(barrier))

    barrier = Barrier(2)
    run(meet(barrier))
    run(alone(barrier))
