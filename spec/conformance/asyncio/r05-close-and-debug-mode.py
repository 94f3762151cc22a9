"""R5: `close()` may be repeated, drops what was scheduled, and is refused while the loop runs. Debug mode changes
no order.
"""
import asyncio
import types

from probes import attempt, ticker, turn
from programs import program
from virtual import new_loop, run


@program('closing twice does nothing')
def _(log):
    loop = new_loop()
    log(loop.is_closed())
    loop.close()
    loop.close()
    log(loop.is_closed(), loop.is_running())


@program('a running loop cannot be closed, and continues')
def _(log):
    async def main():
        attempt(log, loop.close)
        await asyncio.sleep(1)
        return loop.is_closed()

    loop = new_loop()
    loop.call_soon(attempt, log, loop.close)
    log(loop.run_until_complete(main()))
    loop.close()
    log(loop.is_closed())


@program('a loop that is about to stop cannot be closed either')
def _(log):
    loop = new_loop()
    loop.call_soon(lambda: (loop.stop(), attempt(log, loop.close)))
    loop.run_forever()
    attempt(log, loop.close)


@program('what was scheduled is dropped')
def _(log):
    loop = new_loop()
    loop.call_soon(log, 'never')
    loop.call_later(0, log, 'never')
    loop.close()
    attempt(log, loop.run_forever)
    attempt(log, lambda: turn(loop))


@program('stop, time and the state of a closed loop can be asked')
def _(log):
    loop = new_loop()
    loop.call_later(3, loop.stop)
    loop.run_forever()
    loop.close()
    attempt(log, loop.stop)
    log(loop.time(), loop.is_running(), loop.is_closed(), loop.get_debug(), loop.get_exception_handler())


@program('what was scheduled can be cancelled after it was dropped')
def _(log):
    loop = new_loop()
    handle, timer = loop.call_soon(log, 'never'), loop.call_later(1, log, 'never')
    loop.close()
    attempt(log, handle.cancel)
    attempt(log, timer.cancel)
    log(handle.cancelled(), timer.cancelled(), timer.when())


@program('a closed loop creates futures, but no tasks')
def _(log):
    async def main():
        log('never')

    coroutine = main()
    loop = new_loop()
    loop.close()
    future = loop.create_future()
    log(future.done(), future.get_loop() is loop)
    future.set_result('result')
    log(future.result())
    attempt(log, lambda: loop.create_task(coroutine))
    coroutine.close()


@program('a future of a closed loop can be set, but its callbacks cannot be called')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: log('never'))
    loop.close()
    attempt(log, lambda: future.set_result('result'))
    log(future.done())
    attempt(log, lambda: future.add_done_callback(lambda future: log('never')))


@program('waking a task of a closed loop is refused, though its future is cancelled')
def _(log):
    async def main():
        await future

    loop = new_loop()
    future = loop.create_future()
    task = loop.create_task(main())
    turn(loop)
    loop.close()
    attempt(log, future.cancel)
    log(future.cancelled(), task.done())


@program('a closed loop still has its exception handler')
def _(log):
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log(context['message']))
    loop.close()
    loop.call_exception_handler({'message': 'mine'})


@program('a coroutine is not a callback')
def _(log):
    async def main():
        log('never')

    coroutine = main()
    loop = new_loop()
    loop.set_debug(True)
    attempt(log, lambda: loop.call_soon(coroutine))
    attempt(log, lambda: loop.call_later(1, coroutine))
    attempt(log, lambda: loop.call_at(1, coroutine))
    attempt(log, lambda: loop.call_soon_threadsafe(coroutine))
    loop.close()
    coroutine.close()


@program('a function that makes coroutines is not a callback either')
def _(log):
    async def main():
        log('never')

    loop = new_loop()
    loop.set_debug(True)
    attempt(log, lambda: loop.call_soon(main))
    attempt(log, lambda: loop.call_later(1, main))
    attempt(log, lambda: loop.call_at(1, main))
    attempt(log, lambda: loop.call_soon_threadsafe(main))
    loop.close()


@program('a callback must be a function')
def _(log):
    loop = new_loop()
    loop.set_debug(True)
    attempt(log, lambda: loop.call_soon(None))
    attempt(log, lambda: loop.call_later(1, 'text'))
    attempt(log, lambda: loop.call_at(1, 42))
    attempt(log, lambda: loop.call_soon_threadsafe([]))
    log('ready', turn(loop))
    loop.close()


@program('debug mode is off, and can be switched on')
def _(log):
    async def main():
        return asyncio.get_running_loop().get_debug()

    loop = new_loop()
    log(loop.get_debug())
    loop.set_debug(True)
    log(loop.get_debug(), loop.run_until_complete(main()))
    loop.set_debug(False)
    log(loop.run_until_complete(main()))
    loop.close()
    log(run(main()), run(main(), debug=True), run(main(), debug=False))


@program('debug mode changes no order')
def _(log):
    @types.coroutine
    def turns():
        yield

    async def main():
        loop = asyncio.get_running_loop()
        ticker(loop, log, 4)
        loop.call_later(0, log, 'timer')
        await turns()
        log('main')
        await asyncio.sleep(1)
        log('main')

    run(main(), debug=False)
    run(main(), debug=True)


@program('a loop that an error has left can be closed')
def _(log):
    def interrupt():
        raise KeyboardInterrupt

    loop = new_loop()
    loop.call_soon(interrupt)
    loop.call_soon(log, 'never')
    attempt(log, loop.run_forever)
    attempt(log, loop.close)
    attempt(log, loop.run_forever)
