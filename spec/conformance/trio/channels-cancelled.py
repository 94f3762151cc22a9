"""A task cancelled while it sends or receives loses no value, and none arrives twice."""
import trio
from programs import program
from world import attempt, ending, nap, now, open_group, run, tell


async def send(log, sender, scope, begin, value):
    """From a moment on, send a value in a scope."""
    with scope:
        await trio.sleep(begin)
        await sender.send(value)
        log('sent', value, 'at', now())
    log(value, 'caught', scope.cancelled_caught)


async def receive(log, name, receiver, scope, begin):
    """From a moment on, receive a value in a scope."""
    with scope:
        await trio.sleep(begin)
        log(name, 'gets', await receiver.receive(), 'at', now())
    log(name, 'caught', scope.cancelled_caught)


@program('a sender is cancelled: its value does not arrive')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(send, log, sender, scope, 0, 'a')
            group.start_soon(send, log, sender, trio.CancelScope(), 1, 'b')
            await trio.sleep(5)
            scope.cancel()
            await trio.sleep(1)
            log('received', receiver.receive_nowait())
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a receiver is cancelled: the value is for the next')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(receive, log, 'a', receiver, scope, 0)
            group.start_soon(receive, log, 'b', receiver, trio.CancelScope(), 1)
            await trio.sleep(5)
            scope.cancel()
            await trio.sleep(1)
            sender.send_nowait('value')
            attempt(log, 'send', lambda: sender.send_nowait('more'))

    run(main)


@program('a sender is cancelled in the moment after its value was taken')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(send, log, sender, scope, 0, 'a')
            await trio.sleep(5)
            log('received', receiver.receive_nowait())
            scope.cancel()
            await trio.sleep(1)
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a sender is cancelled in the moment before its value would be taken')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(send, log, sender, scope, 0, 'a')
            await trio.sleep(5)
            scope.cancel()
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a receiver is cancelled in the moment after its value arrived')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(receive, log, 'a', receiver, scope, 0)
            await trio.sleep(5)
            sender.send_nowait('value')
            scope.cancel()
            await trio.sleep(1)
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a receiver is cancelled in the moment before its value would arrive')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(1)
        scope = trio.CancelScope()
        async with open_group() as group:
            group.start_soon(receive, log, 'a', receiver, scope, 0)
            await trio.sleep(5)
            scope.cancel()
            sender.send_nowait('value')
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a sender that waits for room is cancelled: the values in the channel stay')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(2)
        async with open_group() as group:
            for i, value in enumerate('abcd'):
                scope = trio.move_on_after(5) if value == 'c' else trio.CancelScope()
                group.start_soon(send, log, sender, scope, i, value)
            await trio.sleep(8)
            for _ in range(3):
                log('received', receiver.receive_nowait())
                await trio.sleep(1)
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a sender tries again until its time is over')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)

        async def consume():
            await trio.sleep(10)
            log('received', receiver.receive_nowait(), 'at', now())

        async with open_group() as group:
            group.start_soon(consume)
            for i in range(5):
                with trio.move_on_after(3) as scope:
                    await sender.send(i)
                tell(log, i, scope)
                if not scope.cancelled_caught:
                    break

    run(main)


@program('a receiver does something else in between')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)

        async def produce():
            with sender:
                for i in range(3):
                    await trio.sleep(5)
                    await sender.send(i)

        async with open_group() as group:
            group.start_soon(produce)
            for _ in range(9):
                try:
                    with trio.fail_after(2):
                        log('gets', await receiver.receive(), 'at', now())
                except trio.TooSlowError as error:
                    log(error, 'at', now())
                except trio.EndOfChannel as error:
                    log(error, 'at', now())
                    break

    run(main)


@program('an iteration is cancelled: the rest stays in the channel')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        for value in 'abcd':
            sender.send_nowait(value)
        with trio.move_on_after(5) as scope:
            async for value in receiver:
                log(value)
                await nap(log, 'body', 3)
        tell(log, 'scope', scope)
        attempt(log, 'receive', receiver.receive_nowait)
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('an iteration is cancelled while it waits, and continues later')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)

        async def produce():
            with sender:
                for value in 'ab':
                    await trio.sleep(6)
                    await sender.send(value)

        async with open_group() as group:
            group.start_soon(produce)
            for i in range(3):
                with trio.move_on_after(4 + i) as scope:
                    async for value in receiver:
                        log(value, 'at', now())
                tell(log, i, scope)

    run(main)


@program('the group of senders and receivers is cancelled: the values in the channel stay')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(2)

        async def produce():
            for value in 'abcdef':
                await sender.send(value)

        with trio.move_on_after(5) as scope:
            async with open_group() as group:
                group.start_soon(produce)
                await trio.sleep(3)
                log('received', await receiver.receive())
                await trio.sleep(10)
        tell(log, 'scope', scope)
        for _ in range(3):
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('many are cancelled one after the other, and all values arrive once')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        gone, come = [], []

        async def produce(value):
            await trio.sleep(value / 2)
            with trio.move_on_after(4 + value % 3):
                await sender.send(value)
                gone.append(value)

        async def consume(i):
            await trio.sleep(3.25 + i)
            with trio.move_on_after(1 + i % 4):
                come.append(await receiver.receive())

        async with open_group() as group:
            for i in range(20):
                group.start_soon(produce, i)
                group.start_soon(consume, i)
        log(sorted(gone) == sorted(come), len(gone))
        log(come)
        log(now())
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a finally closes an end, although everything is cancelled')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)

        async def produce():
            with sender:
                await sender.send('value')

        async with open_group() as group:
            group.start_soon(scoped, produce)
            await trio.sleep(7)
            await ending(log, 'receive', receiver.receive())

    async def scoped(produce):
        with trio.move_on_after(5) as scope:
            await produce()
        tell(log, 'scope', scope)

    run(main)
