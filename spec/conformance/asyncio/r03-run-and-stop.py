"""R3: `stop()` lets the turn finish. `runUntilComplete()` runs until its awaitable is done. A closed loop does not
run, nor does a loop inside another.
"""
import asyncio

from probes import attempt, turn
from programs import program
from virtual import new_loop


@program('stop lets the turn finish, and what was added meanwhile begins the next run')
def _(log):
    loop = new_loop()

    def first():
        log('first')
        loop.stop()
        loop.call_soon(lambda: (log('added'), loop.stop()))

    loop.call_soon(first)
    loop.call_soon(log, 'second')
    loop.run_forever()
    log('stopped')
    loop.run_forever()
    loop.close()


@program('a loop that is stopped beforehand runs one turn')
def _(log):
    loop = new_loop()
    loop.stop()
    loop.call_soon(lambda: (log('first turn'), loop.call_soon(log, 'second turn')))
    loop.run_forever()
    log('ran once')
    turn(loop)
    loop.close()


@program('stopping twice is stopping once, and is forgotten at the end of the run')
def _(log):
    loop = new_loop()
    loop.stop()
    loop.stop()
    loop.run_forever()
    log('ran')
    loop.call_soon(loop.stop)
    loop.call_soon(loop.stop)
    loop.run_forever()
    log('ran')
    loop.call_later(1, loop.stop)
    loop.run_forever()
    log('ran until', loop.time())
    loop.close()


@program('a timer that is due in the turn of stop still fires, one set in that turn does not')
def _(log):
    loop = new_loop()
    loop.call_later(0, log, 'due')
    loop.call_soon(loop.stop)
    loop.call_soon(loop.call_later, 0, log, 'set')
    loop.run_forever()
    log('stopped')
    turn(loop)
    loop.close()


@program('run_until_complete gives the result of a coroutine, of a task or of a future')
def _(log):
    async def main(n):
        await asyncio.sleep(n)
        return n

    loop = new_loop()
    future = loop.create_future()
    loop.call_later(5, future.set_result, 'set')
    log(loop.run_until_complete(main(1)), loop.time())
    log(loop.run_until_complete(loop.create_task(main(2))), loop.time())
    log(loop.run_until_complete(future), loop.time())
    log(loop.run_until_complete(future))
    loop.close()


@program('run_until_complete raises what the awaitable ends with')
def _(log):
    async def main():
        raise mine

    mine = ValueError('mine')
    loop = new_loop()
    failed, cancelled = loop.create_future(), loop.create_future()
    failed.set_exception(mine)
    cancelled.cancel()
    attempt(log, lambda: loop.run_until_complete(main()))
    attempt(log, lambda: loop.run_until_complete(cancelled))
    try:
        loop.run_until_complete(failed)
    except ValueError as error:
        log('the same', error is mine)
    loop.close()


@program('run_until_complete of a done future still runs a turn')
def _(log):
    loop = new_loop()
    future = loop.create_future()
    future.set_result('result')
    loop.call_soon(lambda: (log('before'), loop.call_soon(log, 'too late')))
    log(loop.run_until_complete(future))
    log('after')
    turn(loop)
    loop.close()


@program('stopped before the future is done, and run again')
def _(log):
    async def main():
        await asyncio.sleep(5)
        return 'result'

    loop = new_loop()
    task = loop.create_task(main())
    loop.call_later(1, loop.stop)
    try:
        loop.run_until_complete(task)
    except RuntimeError as error:
        log(error, str(error))
    log(loop.time(), task.done())
    log(loop.run_until_complete(task), loop.time())
    loop.close()


@program('a coroutine that needs one turn completes in a loop that is stopped beforehand')
def _(log):
    async def main():
        return 'result'

    loop = new_loop()
    loop.stop()
    log(loop.run_until_complete(main()))
    loop.call_soon(lambda: (log('next run'), loop.call_soon(log, 'the turn after it')))
    loop.run_forever()
    log('ended by the stop that was left over')
    turn(loop)
    loop.close()


@program('a closed loop neither runs nor accepts anything')
def _(log):
    async def main():
        log('never')

    coroutine = main()
    loop = new_loop()
    future = loop.create_future()
    loop.close()
    for action in (
        loop.run_forever,
        lambda: loop.run_until_complete(future),
        lambda: loop.run_until_complete(coroutine),
        lambda: loop.call_soon(log, 'never'),
        lambda: loop.call_soon_threadsafe(log, 'never'),
        lambda: loop.call_later(1, log, 'never'),
        lambda: loop.call_at(1, log, 'never'),
        lambda: loop.create_task(coroutine),
    ):
        try:
            action()
        except RuntimeError as error:
            log(error, str(error))
    coroutine.close()


@program('a loop refuses to run inside itself, and continues')
def _(log):
    loop = new_loop()

    def callback():
        attempt(log, loop.run_forever)
        attempt(log, lambda: loop.run_until_complete(loop.create_future()))
        log('running', loop.is_running())
        loop.call_soon(log, 'goes on')
        loop.call_later(1, loop.stop)

    loop.call_soon(callback)
    loop.run_forever()
    log('running', loop.is_running())
    loop.close()


@program('no other loop runs inside a loop either')
def _(log):
    async def main():
        attempt(log, other.run_forever)
        attempt(log, lambda: other.run_until_complete(other.create_future()))
        log(loop.is_running(), other.is_running())
        await asyncio.sleep(1)
        return 'result'

    loop, other = new_loop(), new_loop()
    log(loop.run_until_complete(main()))
    other.call_soon(log, 'it runs afterwards')
    turn(other)
    loop.close()
    other.close()


@program('the running loop is known while it runs, and only then')
def _(log):
    loop = new_loop()
    attempt(log, asyncio.get_running_loop)
    loop.call_soon(lambda: log(asyncio.get_running_loop() is loop, asyncio.get_event_loop() is loop, loop.is_running()))
    turn(loop)
    attempt(log, asyncio.get_running_loop)
    loop.close()


@program('what cannot be awaited cannot be run, nor can the future of another loop')
def _(log):
    loop, other = new_loop(), new_loop()
    attempt(log, lambda: loop.run_until_complete(None))
    attempt(log, lambda: loop.run_until_complete(42))
    attempt(log, lambda: loop.run_until_complete(log))
    attempt(log, lambda: loop.run_until_complete(other.create_future()))
    log(loop.is_running())
    loop.close()
    other.close()


@program('a loop that had nothing to wait for can run again')
def _(log):
    async def main():
        return await future

    loop = new_loop()
    future = loop.create_future()
    task = loop.create_task(main())
    attempt(log, lambda: loop.run_until_complete(task))
    log(task.done(), loop.is_running())
    future.set_result('result')
    attempt(log, lambda: loop.run_until_complete(task))
    loop.close()
