"""R9: An error that nobody has read is reported: in Python when the future is collected, here at the
latest when the loop is closed.

The programs drop their futures before they close the loop, so that both come to the same.
"""
import asyncio
import gc

from probes import attempt, turn
from programs import program
from virtual import VirtualLoop, new_loop


def close(loop):
    """Everything goes, and the loop is closed."""
    gc.collect()
    loop.close()


def listen(loop, log):
    """Log what is reported."""
    loop.set_exception_handler(lambda loop, context: log(context['message'], '=', context['exception']))


@program('a future whose error nobody has read')
def _(log):
    def body():
        future = loop.create_future()
        future.set_exception(ValueError('mine'))

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('a task whose error nobody has read')
def _(log):
    async def main():
        raise ValueError('mine')

    loop = new_loop()
    listen(loop, log)
    loop.create_task(main())
    turn(loop)
    turn(loop)
    close(loop)


@program('the handler gets the message, the error and the future')
def _(log):
    def body():
        future = loop.create_future()
        future.set_exception(mine)

    def handler(the_loop, context):
        log(the_loop is loop, sorted(context), context['exception'] is mine)
        log(context['future'].done(), context['future'].exception() is mine)

    loop, mine = new_loop(), ValueError('mine')
    loop.set_exception_handler(handler)
    body()
    close(loop)


@program('without a handler the default one is used')
def _(log):
    class Loop(VirtualLoop):
        def default_exception_handler(self, context):
            log('default handler:', context['message'], '=', context['exception'])

    def body():
        future = loop.create_future()
        future.set_exception(ValueError('mine'))

    loop = Loop()
    body()
    close(loop)


@program('result, exception and await count as reading')
def _(log):
    async def wait(future):
        try:
            await future
        except ValueError as error:
            log('waited', error)

    def body():
        futures = [loop.create_future() for _ in range(4)]
        for future in futures:
            future.set_exception(ValueError('mine'))
        log(futures[0].exception())
        attempt(log, futures[1].result)
        loop.run_until_complete(wait(futures[2]))
        attempt(log, lambda: loop.run_until_complete(futures[3]))

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('one reader is enough')
def _(log):
    async def wait(future):
        await future

    def body():
        future = loop.create_future()
        waiters = [loop.create_task(wait(future)) for _ in range(2)]
        turn(loop)
        future.set_exception(ValueError('mine'))
        turn(loop)
        turn(loop)
        log(waiters[0].exception())
        log([waiter.done() for waiter in waiters])

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('a done callback that does not ask for the error has not read it')
def _(log):
    def body():
        silent, asking = loop.create_future(), loop.create_future()
        silent.add_done_callback(lambda future: log('callback', future.done(), future.cancelled()))
        asking.add_done_callback(lambda future: log('callback', future.exception()))
        silent.set_exception(ValueError('silent'))
        asking.set_exception(AttributeError('asking'))
        turn(loop)

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('cancelling counts as reading')
def _(log):
    async def fail():
        raise ValueError('task')

    def body():
        future, task = loop.create_future(), loop.create_task(fail())
        future.set_exception(ValueError('future'))
        turn(loop)
        log(future.cancel(), future.cancelled(), task.cancel(), task.cancelled())

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('trying to set it again does not count as reading')
def _(log):
    def body():
        future = loop.create_future()
        future.set_exception(ValueError('mine'))
        log(future.done(), future.cancelled())
        attempt(log, lambda: future.set_result('result'))
        attempt(log, lambda: future.set_exception(AttributeError('second')))

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('cancellations and results are not reported')
def _(log):
    async def child():
        await asyncio.sleep(1)

    def body():
        futures = [loop.create_future(), loop.create_future(), loop.create_task(child()), loop.create_task(child())]
        futures[0].cancel()
        futures[1].set_result(ValueError('a result'))
        futures[2].cancel()
        loop.call_later(2, loop.stop)
        loop.run_forever()
        log([future.done() for future in futures], [future.cancelled() for future in futures])

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('several are reported in order')
def _(log):
    def body():
        a, b, c = (loop.create_future() for _ in range(3))
        a.set_exception(ValueError('a'))
        b.set_exception(AttributeError('b'))
        c.set_exception(KeyError('c'))
        b.exception()
        del a
        del c

    class KeyError(Exception):
        pass

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('run_until_complete reads the error of what it runs, but not of others')
def _(log):
    async def fail(error):
        raise error

    async def main(tasks):
        tasks.append(asyncio.create_task(fail(AttributeError('child'))))
        await asyncio.sleep(1)
        raise ValueError('main')

    def body():
        tasks = []
        attempt(log, lambda: loop.run_until_complete(main(tasks)))
        log(tasks[0].done())

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('an error raised by a callback is not reported as that of a future')
def _(log):
    def body():
        future = loop.create_future()
        future.set_result(None)
        future.add_done_callback(lambda future: [].pop())
        turn(loop)

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('exception' in context, 'future' in context))
    body()
    close(loop)


@program('KeyboardInterrupt that has left the loop is still unread in the task')
def _(log):
    async def main():
        raise KeyboardInterrupt

    def body(as_task):
        awaitable = loop.create_task(main()) if as_task else main()
        attempt(log, lambda: loop.run_until_complete(awaitable))

    loop = new_loop()
    listen(loop, log)
    body(False)
    log('as a task')
    body(True)
    close(loop)


@program('wait() does not read the errors, gather() does')
def _(log):
    async def fail(error):
        await asyncio.sleep(1)
        raise error

    async def main():
        tasks = [asyncio.create_task(fail(ValueError('waited')))]
        await asyncio.wait(tasks)
        log('waited')
        try:
            await asyncio.gather(fail(AttributeError('first')), fail(RuntimeError('second')))
        except AttributeError as error:
            log('gathered', error)
        await asyncio.sleep(2)
        log([task.done() for task in tasks])

    loop = new_loop()
    listen(loop, log)
    loop.run_until_complete(main())
    close(loop)


@program('a future of a loop that never ran is reported too')
def _(log):
    def body():
        future = asyncio.Future(loop=loop)
        future.set_exception(StopIteration(5))

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('the error of a subclass is reported under its name')
def _(log):
    class Mine(asyncio.Future):
        pass

    def body():
        future = Mine(loop=loop)
        future.set_exception(ValueError('mine'))

    loop = new_loop()
    listen(loop, log)
    body()
    close(loop)


@program('an error that has not reached its waiter when the loop is closed is unread')
def _(log):
    async def wait(future):
        await future

    def body():
        future = loop.create_future()
        loop.create_task(wait(future))
        turn(loop)
        future.set_exception(ValueError('mine'))

    def handler(loop, context):
        if 'exception' in context:
            log(context['message'], '=', context['exception'])

    loop = new_loop()
    loop.set_exception_handler(handler)
    body()
    close(loop)


@program('a handler that fails on one report gets the next one')
def _(log):
    def handler(loop, context):
        log(context['message'])
        raise AttributeError('in the handler')

    def body():
        first, second = loop.create_future(), loop.create_future()
        first.set_exception(ValueError('first'))
        second.set_exception(ValueError('second'))

    loop = new_loop()
    loop.set_exception_handler(handler)
    body()
    close(loop)
