"""R15: `sleep()` of zero or less lets one turn pass; any other sleep is a timer."""
from asyncio import create_task, current_task, gather, get_running_loop, sleep, wait

from programs import program
from virtual import run
from witness import outcome, ticker


@program('it returns the result that it was given')
def _(log):
    async def main():
        log(await sleep(1, 'slept'), await sleep(0, 'turned'), await sleep(-1, 'turned back'), await sleep(1))

    run(main())


@program('sleepers wake by deadline, whoever began first')
def _(log):
    async def sleeper(ms):
        await sleep(ms)
        log(ms, 'at', get_running_loop().time())

    async def main():
        await gather(*map(sleeper, [30, 10, 20]))

    run(main())


@program('sleepers with the same deadline wake in the order in which they began')
def _(log):
    async def sleeper(i, ms):
        await sleep(ms)
        log(i)

    async def main():
        await gather(*[sleeper(i, 20 if i % 3 == 0 else 10) for i in range(12)])

    run(main())


@program('no time passes within a turn')
def _(log):
    async def main():
        for ms in [0, -5, 0]:
            await sleep(ms)
            log(get_running_loop().time())

    run(main())


@program('two tasks that sleep for zero alternate')
def _(log):
    async def turns(name):
        for i in range(3):
            log(name, i)
            await sleep(0)

    async def main():
        await gather(turns('a'), turns('b'))

    run(main())


@program('time counts from the await, not from the call')
def _(log):
    async def main():
        later = sleep(10)
        await sleep(5)
        await later
        log(get_running_loop().time())

    run(main())


@program('it can be made a task')
def _(log):
    async def main():
        task = create_task(sleep(5, 'from the task'))
        log(await gather(task, sleep(3, 'from gather'), create_task(sleep(0, 'at once'))))
        log(get_running_loop().time())

    run(main())


@program('interrupted, it does not hold up the loop')
def _(log):
    async def main():
        task = create_task(sleep(50))
        await sleep(5)
        task.cancel()
        await outcome(log, 'task', task)
        await sleep(1)
        log(get_running_loop().time())

    run(main())


@program('interrupted in the turn of its deadline, it raises the error')
def _(log):
    async def main():
        task = create_task(outcome(log, 'sleeper', sleep(5)))
        await sleep(0)
        get_running_loop().call_later(5, lambda: log('cancel', task.cancel()))
        await task
        log(get_running_loop().time(), task.cancelling())

    run(main())


@program('cancelled beforehand, it ends at once, and in no time')
def _(log):
    async def main():
        current_task().cancel()
        ticker(log, 3)
        await outcome(log, 'long', sleep(100))
        current_task().cancel()
        await outcome(log, 'turn', sleep(0))
        await sleep(0)
        log(get_running_loop().time())

    run(main())


@program('the clean-up after an interrupted sleep may sleep')
def _(log):
    async def child():
        try:
            await sleep(100)
        finally:
            await sleep(7)

    async def main():
        task = create_task(child())
        await sleep(1)
        task.cancel()
        await wait([task])
        log(get_running_loop().time(), task.cancelled())

    run(main())


@program('it cannot be awaited twice')
def _(log):
    async def main():
        once = sleep(1, 'once')
        log(await once)
        await outcome(log, 'again', once)

    run(main())


@program('what is not a number is a ValueError')
def _(log):
    async def main():
        try:
            await sleep(float('nan'))
        except ValueError as error:
            log(error)

    run(main())
