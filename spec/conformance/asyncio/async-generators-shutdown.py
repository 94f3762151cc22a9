"""Asynchronous generators that are still open are closed with the loop."""
from asyncio import create_task, get_running_loop, sleep

from errors import Boom
from generators import guarded, numbers
from iteration import close, step
from programs import program, show
from virtual import new_loop, run
from witness import now, ticker


@program('a generator that is open when the program ends is closed')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        kept.append(g)
        await step(log, anext(g))
        log('main ends')
        return 'result'

    kept = []
    log(run(main()))


@program('several open generators are closed in parallel')
def _(log):
    async def main():
        for name, pause in (('a', 10), ('b', 5), ('c', 20)):
            g = guarded(log, name, pause)
            kept.append(g)
            await step(log, anext(g))

    kept = []
    run(main())


@program('generators that have not begun, or have ended, are not open')
def _(log):
    async def main():
        for g in (guarded(log, 'not begun'), guarded(log, 'closed'), guarded(log, 'failed'), guarded(log, 'open')):
            kept.append(g)
        for g in kept[1:]:
            await anext(g)
        await close(log, kept[1].aclose())
        await step(log, kept[2].athrow(Boom()))
        log('main ends')

    kept = []
    run(main())


@program('errors during the close are reported')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            await sleep(1)
            raise Boom

    async def ignoring():
        try:
            yield 1
        except GeneratorExit:
            yield 'ignored'

    def handler(loop, context):
        reports.append(sorted(context))
        errors.append([show(context['exception']), context['asyncgen'] in kept])

    async def main():
        get_running_loop().set_exception_handler(handler)
        for g in (failing(), ignoring(), guarded(log, pause=3)):
            kept.append(g)
            await anext(g)
        return 'result'

    kept, reports, errors = [], [], []
    log(run(main()))
    log(reports)
    log(sorted(errors))


@program('tasks are cancelled first, and the generators that they ask with them')
def _(log):
    async def waiting():
        try:
            yield 1
            await sleep(100)
        except BaseException as error:
            log('body gets', error)
            raise

    async def loop(g):
        async for n in g:
            log(n)

    async def main():
        g = waiting()
        kept.append(g)
        kept.append(create_task(loop(g)))
        await sleep(1)
        log('main ends')

    kept = []
    run(main())


@program('the close may wait for tasks and create some')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            log(await create_task(sleep(5, 'slept')), now())

    async def main():
        g = generator()
        kept.append(g)
        await anext(g)

    kept = []
    run(main())


@program('after a shutdown by hand, a generator can still begin')
def _(log):
    async def main():
        a, b = guarded(log, 'a', pause=5), guarded(log, 'b')
        await step(log, anext(a))
        await get_running_loop().shutdown_asyncgens()
        log('shut down', now())
        await step(log, anext(a))
        await step(log, anext(b))
        await step(log, anext(b))
        await close(log, b.aclose())

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: None)
    loop.run_until_complete(main())
    loop.close()


@program('with nothing open, the shutdown takes no turn')
def _(log):
    async def main():
        ticker(log, 2)
        await get_running_loop().shutdown_asyncgens()
        log('shut down')
        await sleep(1)

    run(main())


@program('a generator open in one loop can continue in another')
def _(log):
    async def ask(g):
        await step(log, anext(g))

    loops = [new_loop(), new_loop()]
    g = numbers(3, pause=1)
    for loop in loops:
        loop.run_until_complete(ask(g))
        log(loop.time())
    for loop in loops:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
