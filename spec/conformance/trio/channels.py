"""A channel passes values from a sender to a receiver, with room for some in between."""
import math

import trio
from programs import program
from world import attempt, ending, later, now, open_group, run


async def put(log, sender, begin, *values):
    """From a moment on, send values, and tell when each has gone."""
    await trio.sleep(begin)
    for value in values:
        await sender.send(value)
        log('sent', value, 'at', now())


async def take(log, name, receiver, begin, count=1):
    """From a moment on, receive so many values."""
    await trio.sleep(begin)
    for _ in range(count):
        log(name, 'gets', await receiver.receive(), 'at', now())


@program('without room, a value waits for a receiver')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(put, log, sender, 0, 'value')
            await trio.sleep(5)
            attempt(log, 'one more', lambda: sender.send_nowait('more'))
            log('received', receiver.receive_nowait())
            await trio.sleep(1)
            attempt(log, 'nothing', receiver.receive_nowait)

    run(main)


@program('without room, a receiver waits for a value')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(take, log, 'a', receiver, 0)
            await trio.sleep(5)
            attempt(log, 'send', lambda: sender.send_nowait('value'))
            attempt(log, 'again', lambda: sender.send_nowait('more'))

    run(main)


@program('with room, that many values wait in the channel')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(2)
        async with open_group() as group:
            group.start_soon(put, log, sender, 0, 'a', 'b', 'c', 'd')
            for begin in range(5, 9):
                await trio.sleep(begin - now())
                log('received', receiver.receive_nowait(), 'at', now())

    run(main)


@program('with room for all, nobody waits to send')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(math.inf)
        for i in range(1000):
            sender.send_nowait(i)
        total = 0
        for i in range(1000):
            total += receiver.receive_nowait()
        log(total)
        attempt(log, 'nothing', receiver.receive_nowait)

    run(main)


@program('without waiting')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(1)
        attempt(log, 'receive', receiver.receive_nowait)
        attempt(log, 'send', lambda: sender.send_nowait('a'))
        attempt(log, 'send', lambda: sender.send_nowait('b'))
        attempt(log, 'receive', receiver.receive_nowait)
        attempt(log, 'receive', receiver.receive_nowait)
        attempt(log, 'send', lambda: sender.send_nowait('c'))
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('receivers get values in the order in which they came')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            for i, name in enumerate('abc'):
                group.start_soon(take, log, name, receiver, i)
            await trio.sleep(5)
            for value in (1, 2, 3):
                await sender.send(value)
                await trio.sleep(1)

    run(main)


@program('senders give values in the order in which they came')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            for i, name in enumerate('abc'):
                group.start_soon(put, log, sender, i, name)
            await trio.sleep(5)
            for _ in range(3):
                log('received', receiver.receive_nowait())
                await trio.sleep(1)

    run(main)


@program('the values in the channel go before those of waiting senders')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(2)
        async with open_group() as group:
            group.start_soon(put, log, sender, 0, 'a', 'b')
            group.start_soon(put, log, sender, 1, 'c')
            group.start_soon(put, log, sender, 2, 'd')
            await trio.sleep(5)
            for _ in range(4):
                log('received', receiver.receive_nowait())
                await trio.sleep(1)
            attempt(log, 'nothing', receiver.receive_nowait)

    run(main)


@program('a value taken out makes room for the first waiting sender, not for one that comes along')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(1)
        async with open_group() as group:
            group.start_soon(put, log, sender, 0, 'a', 'b')
            await trio.sleep(5)
            log('received', receiver.receive_nowait())
            attempt(log, 'mine', lambda: sender.send_nowait('mine'))
            await trio.sleep(1)
            log('received', receiver.receive_nowait())
            attempt(log, 'mine', lambda: sender.send_nowait('mine'))
            log('received', receiver.receive_nowait())

    run(main)


@program('a value sent goes to the first waiting receiver, not to one that comes along')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        async with open_group() as group:
            group.start_soon(take, log, 'a', receiver, 0)
            await trio.sleep(5)
            sender.send_nowait('value')
            attempt(log, 'mine', receiver.receive_nowait)
            sender.send_nowait('more')
            attempt(log, 'mine', receiver.receive_nowait)

    run(main)


@program('false values are values too')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        for value in (None, False, 0, ''):
            await sender.send(value)
        log(await receiver.receive() is None, await receiver.receive(), await receiver.receive(),
            await receiver.receive() == '')
        async with open_group() as group:
            group.start_soon(take, log, 'waiter', receiver, 0)
            await trio.sleep(1)
            sender.send_nowait(None)

    run(main)


@program('two channels: question and answer')
def _(log):
    async def server(questions, answers):
        async for question in questions:
            await trio.sleep(2)
            await answers.send(question * 2)

    async def main():
        ask, questions = trio.open_memory_channel(0)
        answers, hear = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(server, questions, answers)
            for i in range(3):
                await ask.send(i)
                log(await hear.receive(), 'at', now())
            ask.close()

    run(main)


@program('a chain of channels')
def _(log):
    async def stage(receiver, sender):
        with sender:
            async for value in receiver:
                await trio.sleep(1)
                await sender.send(value + 1)

    async def main():
        first, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            for _ in range(5):
                sender, end = trio.open_memory_channel(0)
                group.start_soon(stage, receiver, sender)
                receiver = end
            group.start_soon(feed, first)
            async for value in receiver:
                log(value, 'at', now())

    async def feed(sender):
        with sender:
            for value in (10, 20, 30):
                await sender.send(value)

    run(main)


@program('iteration takes what is left when the sender is closed, and then ends')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        for value in 'abc':
            sender.send_nowait(value)
        sender.close()
        async for value in receiver:
            log(value)
        else:
            log('the end')
        async for value in receiver:
            log('never')
        else:
            log('the end, again')

    run(main)


@program('iteration waits for values')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)

        async def produce():
            with sender:
                for i in range(3):
                    await trio.sleep(2)
                    await sender.send(i)
                await trio.sleep(2)

        async with open_group() as group:
            group.start_soon(produce)
            async for value in receiver:
                log(value, 'at', now())
            log('the end at', now())

    run(main)


@program('an iteration that is left early leaves the rest, and the channel open')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        for value in 'abcd':
            sender.send_nowait(value)
        async for value in receiver:
            log(value)
            if value == 'b':
                break
        log('then', receiver.receive_nowait())
        async for value in receiver:
            log(value)
            break
        attempt(log, 'nothing', receiver.receive_nowait)

    run(main)


@program('an error in the body of an iteration')
def _(log):
    async def consume(receiver):
        async for value in receiver:
            if value == 'b':
                raise ValueError
            log(value)

    async def main():
        sender, receiver = trio.open_memory_channel(5)
        for value in 'abc':
            sender.send_nowait(value)
        await ending(log, 'iteration', consume(receiver))
        log('then', receiver.receive_nowait())

    run(main)


@program('several iterations: each value goes to one of them')
def _(log):
    async def consume(name, receiver, begin):
        await trio.sleep(begin)
        async for value in receiver:
            log(name, 'gets', value, 'at', now())
            await trio.sleep(5)
        ended.append(name)

    ended = []

    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(consume, 'a', receiver, 0)
            group.start_soon(consume, 'b', receiver, 1)
            await trio.sleep(2)
            for value in range(6):
                await sender.send(value)
                await trio.sleep(2)
            await trio.sleep(10)
            group.start_soon(later, 3, sender.close)
            await ending(log, 'main', receiver.receive())
        log(sorted(ended))

    run(main)


@program('what is not a size')
def _(log):
    async def main():
        for size in (-1, -5, 1.5, 'two', 0, 3, math.inf):
            attempt(log, 'inf' if size == math.inf else size, lambda: len(trio.open_memory_channel(size)))

    run(main)
