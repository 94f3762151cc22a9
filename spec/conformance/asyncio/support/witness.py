"""What programs log about tasks; the twin of `witness.ts`."""
import asyncio


def now():
    """The time of the loop."""
    return asyncio.get_running_loop().time()


def ticker(log, turns):
    """Log 0, 1, 2… from now on, one in each turn of the loop."""
    loop = asyncio.get_running_loop()
    turn = 0

    def tick():
        nonlocal turn
        log(turn)
        turn += 1
        if turn < turns:
            loop.call_soon(tick)

    loop.call_soon(tick)


async def outcome(log, name, awaitable):
    """Wait for something, and log how it ends."""
    try:
        log(name, 'gives', await awaitable)
    except BaseException as error:
        log(name, 'throws', error)


def message(error):
    """What cancel(message) was given."""
    return error.args[0] if error.args and error.args[0] else 'no message'


def names(tasks):
    """The names of tasks, sorted: sets have no order."""
    return sorted(task.get_name() for task in tasks)
