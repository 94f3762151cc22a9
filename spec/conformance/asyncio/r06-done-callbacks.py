"""R6: Done callbacks run in the next turn, never at once, in the order in which they were added, each in its
context.
"""
import asyncio
from contextvars import ContextVar, copy_context

from probes import attempt, reports, ticker, turn
from programs import program
from virtual import new_loop, run


@program('callbacks are called in the next turn, in the order in which they were added')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    for n in range(3):
        future.add_done_callback(lambda future, n=n: log(n))
    future.set_result(None)
    log('set')
    turn(loop)
    loop.close()


@program('a callback added to a done future comes after those already scheduled')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: log(1))
    future.set_result(None)
    loop.call_soon(log, 'scheduled in between')
    future.add_done_callback(lambda future: log(2))
    log('added')
    turn(loop)
    loop.close()


@program('a callback added by a callback is called in the turn after')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: (log('first'), future.add_done_callback(lambda future: log('added'))))
    future.add_done_callback(lambda future: log('second'))
    future.set_result(None)
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()


@program('removing gives the number of callbacks removed')
def _(log):
    def callback(future):
        log('never')

    loop = new_loop()
    future = loop.create_future()
    log(future.remove_done_callback(callback))
    future.add_done_callback(callback)
    future.add_done_callback(lambda future: log('other'))
    future.add_done_callback(callback)
    log(future.remove_done_callback(callback), future.remove_done_callback(callback))
    future.set_result(None)
    turn(loop)
    loop.close()


@program('a callback that was removed can be added again, and is the last then')
def _(log):
    def callback(future):
        log('callback')

    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(callback)
    future.add_done_callback(lambda future: log('other'))
    log(future.remove_done_callback(callback))
    future.add_done_callback(callback)
    future.set_result(None)
    turn(loop)
    loop.close()


@program('a callback that is added twice is called twice')
def _(log):
    def callback(the_future):
        log(the_future is future, the_future.result())

    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(callback)
    future.add_done_callback(callback)
    future.set_result('result')
    turn(loop)
    loop.close()


@program('removing one after the future is done is too late')
def _(log):
    def callback(future):
        log('called')

    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(callback)
    future.set_result(None)
    log(future.remove_done_callback(callback))
    turn(loop)
    log(future.remove_done_callback(callback))
    loop.close()


@program('a callback cannot keep the next one from being called')
def _(log):
    def first(future):
        log('first', future.remove_done_callback(second), future.remove_done_callback(first))

    def second(future):
        log('second')

    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(first)
    future.add_done_callback(second)
    future.set_result(None)
    turn(loop)
    loop.close()


@program('callbacks are called for a result, an error and a cancellation alike')
def _(log):
    loop = new_loop()
    futures = [loop.create_future() for _ in range(3)]
    for future in futures:
        future.add_done_callback(lambda future: log(future.done(), future.cancelled()))
    futures[2].cancel()
    futures[1].set_exception(ValueError('mine'))
    futures[0].set_result(None)
    futures[1].exception()
    turn(loop)
    loop.close()


@program('of several futures, the one done first has its callbacks called first')
def _(log):
    loop = new_loop()
    a, b = loop.create_future(), loop.create_future()
    a.add_done_callback(lambda future: log('a1'))
    b.add_done_callback(lambda future: log('b1'))
    a.add_done_callback(lambda future: log('a2'))
    loop.call_soon(log, 'scheduled before')
    b.set_result(None)
    loop.call_soon(log, 'scheduled in between')
    a.set_result(None)
    turn(loop)
    loop.close()


@program('a callback sees the context variables as they were when it was added')
def _(log):
    variable = ContextVar('variable', default='none')

    def body():
        future.add_done_callback(lambda future: log(variable.get()))
        variable.set('first')
        future.add_done_callback(lambda future: (log(variable.get()), variable.set('by a callback')))
        future.add_done_callback(lambda future: log(variable.get()))
        variable.set('second')
        future.set_result(None)
        variable.set('third')
        future.add_done_callback(lambda future: log(variable.get()))

    loop = new_loop()
    future = loop.create_future()
    copy_context().run(body)
    turn(loop)
    loop.close()


@program('a callback may be given a context')
def _(log):
    variable = ContextVar('variable', default='none')
    loop = new_loop()
    context = copy_context()
    future = loop.create_future()
    future.add_done_callback(lambda future: variable.set('set'), context=context)
    future.add_done_callback(lambda future: log('shares', variable.get()), context=context)
    future.add_done_callback(lambda future: log('has its own', variable.get()))
    future.set_result(None)
    future.add_done_callback(lambda future: log('added later', variable.get()), context=context)
    turn(loop)
    log(context[variable], variable.get())
    loop.close()


@program('callbacks and waiting tasks come in the order in which they were added')
def _(log):
    async def wait(n):
        await future
        log('task', n)

    async def main():
        future.add_done_callback(lambda future: log('callback 0'))
        tasks = [asyncio.create_task(wait(1))]
        await asyncio.sleep(0)
        future.add_done_callback(lambda future: log('callback 2'))
        tasks.append(asyncio.create_task(wait(3)))
        await asyncio.sleep(0)
        future.add_done_callback(lambda future: log('callback 4'))
        future.set_result(None)
        await asyncio.sleep(1)

    loop = new_loop()
    future = loop.create_future()
    loop.run_until_complete(main())
    loop.close()


@program('each link of a chain of futures takes a turn')
def _(log):
    async def main():
        futures = [loop.create_future() for _ in range(4)]
        for a, b in zip(futures, futures[1:]):
            a.add_done_callback(lambda a, b=b: (log('link'), b.set_result(a.result())))
        ticker(loop, log, 4)
        futures[0].set_result('result')
        log(await futures[3])

    loop = new_loop()
    loop.run_until_complete(main())
    loop.close()


@program('a callback cannot change the outcome of its future')
def _(log):
    def callback(future):
        log(future.cancel())
        attempt(log, lambda: future.set_result('second'))
        future.set_exception(ValueError('mine'))

    loop = new_loop()
    reports(loop, log)
    future = loop.create_future()
    future.add_done_callback(callback)
    future.set_result('first')
    turn(loop)
    log(future.result())
    loop.close()


@program('the callbacks of a task are called in the turn after its end')
def _(log):
    async def main():
        log('main')
        return 'result'

    loop = new_loop()
    task = loop.create_task(main())
    task.add_done_callback(lambda task: log('callback', task.result()))
    turn(loop)
    log('done', task.done())
    turn(loop)
    loop.close()


@program('waiters and callbacks of a task come in the order in which they were added')
def _(log):
    async def child():
        await asyncio.sleep(1)

    async def main():
        task = asyncio.create_task(child())
        task.add_done_callback(lambda task: log('before'))
        asyncio.get_running_loop().call_soon(task.add_done_callback, lambda task: log('after'))
        await task
        log('main')
        await asyncio.sleep(0)

    run(main())


@program('a callback may stop the loop')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: (log('stop'), loop.stop()))
    future.add_done_callback(lambda future: log('still in the same turn'))
    loop.call_later(2, future.set_result, None)
    loop.run_forever()
    log(loop.time())
    loop.close()


@program('KeyboardInterrupt of a callback leaves the loop, and the next one is called in the next run')
def _(log):
    def interrupt(future):
        raise KeyboardInterrupt

    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(interrupt)
    future.add_done_callback(lambda future: log('next'))
    future.set_result(None)
    attempt(log, lambda: turn(loop))
    turn(loop)
    loop.close()
