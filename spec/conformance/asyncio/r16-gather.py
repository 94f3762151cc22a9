"""R16: `gather()` returns results in the order of its arguments. The first error ends it, and the others keep
running.
"""
import gc
from asyncio import CancelledError, create_task, eager_task_factory, gather, get_running_loop, sleep

from errors import Boom
from failing import fail
from programs import program
from reporting import run_reporting
from virtual import new_loop, run
from witness import message, outcome


class Late(Exception):
    pass


@program('results are in the order of the arguments, whoever ends first')
def _(log):
    async def main():
        log(await gather(sleep(3, 'a'), sleep(1, 'b'), sleep(2, 'c')))
        log(get_running_loop().time())

    run(main())


@program('without arguments it is done at once')
def _(log):
    async def main():
        all = gather()
        log(all.done(), await all)

    run(main())


@program('an argument given twice runs once')
def _(log):
    async def child():
        log('runs')
        return 'result'

    async def main():
        coroutine = child()
        task = create_task(sleep(1, 'task'))
        log(await gather(coroutine, task, coroutine, task))

    run(main())


@program('an argument given twice that fails, fails once')
def _(log):
    async def main():
        task = create_task(fail(1, Boom))
        log(await gather(task, sleep(2, 'other'), task, return_exceptions=True))

    run(main())


@program('the first error ends it, and the others continue')
def _(log):
    async def child():
        await sleep(5)
        log('child ends at', get_running_loop().time())

    async def main():
        await outcome(log, 'all', gather(child(), fail(3, Late), fail(1, Boom)))
        log('main at', get_running_loop().time())
        await sleep(10)

    run(main())


@program('with returnExceptions errors are results, and it waits for all')
def _(log):
    async def main():
        log(await gather(fail(3, Late), sleep(5, 'a'), fail(1, Boom), return_exceptions=True))
        log(get_running_loop().time())

    run(main())


@program('a cancelled child is an error, and the gather() itself is not cancelled')
def _(log):
    async def main():
        child = create_task(sleep(10))
        other = create_task(sleep(5, 'other'))
        all = gather(child, other)
        await sleep(1)
        child.cancel('just you')
        try:
            await all
        except CancelledError as error:
            log(error, message(error))
        log(all.cancelled(), all.exception(), other.done())
        await outcome(log, 'other', other)

    run(main())


@program('with returnExceptions a cancelled child is a result')
def _(log):
    async def main():
        child = create_task(sleep(10))
        all = gather(child, sleep(2, 'other'), return_exceptions=True)
        await sleep(1)
        child.cancel('just you')
        error, other = await all
        log(error, message(error), other)

    run(main())


@program('a cancelled future as a result has its message')
def _(log):
    async def main():
        future = get_running_loop().create_future()
        all = gather(future, return_exceptions=True)
        future.cancel('a message')
        error, = await all
        log(error, message(error))

    run(main())


@program('a gather() inside another gives its results as one')
def _(log):
    async def main():
        log(await gather(gather(sleep(2, 'a'), sleep(1, 'b')), sleep(0, 'c'), gather()))

    run(main())


@program('eager children that end at once end it at once')
def _(log):
    async def child(name):
        return name

    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        all = gather(child('a'), child('b'))
        log(all.done())
        log(await all)

    run(main())


@program('done futures and pending ones go together')
def _(log):
    async def main():
        loop = get_running_loop()
        ready, failed = loop.create_future(), loop.create_future()
        ready.set_result('ready')
        failed.set_exception(Boom())
        log(await gather(sleep(1, 'slept'), ready))
        all = gather(sleep(1, 'slept'), failed)
        log(all.done())
        await outcome(log, 'all', all)

    run(main())


@program('a done callback of it runs one turn after the last child')
def _(log):
    async def main():
        tasks = [create_task(sleep(1)), create_task(sleep(2))]
        all = gather(*tasks)
        all.add_done_callback(lambda _: log('all', get_running_loop().time()))
        for i, task in enumerate(tasks):
            task.add_done_callback(lambda _, i=i: log('task', i, all.done()))
        await sleep(3)

    run(main())


@program('errors after the first are not reported')
def _(log):
    async def main():
        await outcome(log, 'all', gather(fail(1, Boom), fail(2, Late)))
        await sleep(5)

    run_reporting(log, main())


@program('its own error is reported if nobody reads it')
def _(log):
    async def main():
        gather(fail(1, Boom), sleep(3))
        await sleep(5)

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log(context['exception']))
    loop.run_until_complete(main())
    gc.collect()
    loop.close()
