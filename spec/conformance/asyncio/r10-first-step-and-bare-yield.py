"""R10: A task takes its first step in the next turn. A bare `yield` lets one turn pass; anything else that is
yielded is an error in the task.
"""
import asyncio

from probes import ticker, turn
from programs import program
from virtual import new_loop, run
from yields import yields


@program('tasks begin in the next turn, in the order in which they were created')
def _(log):
    async def child(n):
        log('child', n)

    async def main():
        for n in range(3):
            asyncio.create_task(child(n))
        log('main')
        await asyncio.sleep(0)
        log('main again')

    run(main())


@program('a task runs until it waits, and ends in the turn in which its coroutine returns')
def _(log):
    async def child():
        log('begins')
        await yields()
        log('goes on')
        return 'result'

    loop = new_loop()
    task = loop.create_task(child())
    for _ in range(2):
        log('done', task.done())
        turn(loop)
    log('done', task.done(), task.result())
    loop.close()


@program('tasks and callbacks share one queue')
def _(log):
    async def child(n):
        log('child', n)
        await yields()
        log('child', n, 'again')

    loop = new_loop()
    loop.call_soon(log, 'callback 0')
    loop.create_task(child(1))
    loop.call_soon(log, 'callback 2')
    loop.create_task(child(3))
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()


@program('a bare yield lets one turn pass, and gives nothing')
def _(log):
    async def main():
        ticker(asyncio.get_running_loop(), log, 4)
        for _ in range(3):
            log('got', await yields())
        await asyncio.sleep(1)

    run(main())


@program('a bare yield lets one turn pass at any depth of coroutines')
def _(log):
    async def nested(depth):
        if depth > 0:
            await nested(depth - 1)
        await yields()
        log('depth', depth)

    async def main():
        ticker(asyncio.get_running_loop(), log, 4)
        await nested(2)
        await asyncio.sleep(1)

    run(main())
