"""An end of a channel is closed while tasks wait at it or at the other end."""
import trio
from ends import look
from programs import program, table
from world import attempt, ending, later, open_group, run


@program('a sender is closed while it waits')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(later, 5, sender.close)
            await ending(log, 'send', sender.send('value'))
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a receiver is closed while it waits')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            group.start_soon(later, 5, receiver.close)
            await ending(log, 'receive', receiver.receive())
        attempt(log, 'send', lambda: sender.send_nowait('value'))

    run(main)


@program('the last sender is closed while a receiver waits')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        other = sender.clone()
        async with open_group() as group:
            group.start_soon(later, 3, sender.close)
            group.start_soon(later, 6, other.close)
            await ending(log, 'receive', receiver.receive())

    run(main)


@program('the last receiver is closed while a sender waits')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        other = receiver.clone()
        async with open_group() as group:
            group.start_soon(later, 3, receiver.close)
            group.start_soon(later, 6, other.close)
            await ending(log, 'send', sender.send('value'))

    run(main)


@program('one of several waiting senders is closed, the others continue waiting')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        clone = sender.clone()

        async def send(name, end, begin):
            await trio.sleep(begin)
            await ending(log, name, end.send(name))

        async with open_group() as group:
            group.start_soon(send, 'a', sender, 0)
            group.start_soon(send, 'b', clone, 1)
            group.start_soon(send, 'c', sender, 2)
            await trio.sleep(5)
            clone.close()
            await trio.sleep(1)
            log('received', receiver.receive_nowait())
            await trio.sleep(1)
            log('received', receiver.receive_nowait())
            await trio.sleep(1)
            attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('one of several waiting receivers is closed, the others continue waiting')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        clone = receiver.clone()

        async def receive(name, end, begin):
            await trio.sleep(begin)
            await ending(log, name, end.receive())

        async with open_group() as group:
            group.start_soon(receive, 'a', receiver, 0)
            group.start_soon(receive, 'b', clone, 1)
            group.start_soon(receive, 'c', receiver, 2)
            await trio.sleep(5)
            clone.close()
            for value in (1, 2):
                await trio.sleep(1)
                sender.send_nowait(value)
            await trio.sleep(1)
            attempt(log, 'send', lambda: sender.send_nowait(3))

    run(main)


@program('all waiters are told that the other end is closed')
def _(log):
    async def main():
        ended = []

        async def receive(name, receiver):
            try:
                await receiver.receive()
            except trio.EndOfChannel:
                ended.append(name)

        async def send(name, sender):
            try:
                await sender.send(name)
            except trio.BrokenResourceError:
                ended.append(name)

        async with open_group() as group:
            sender, receiver = trio.open_memory_channel(0)
            for name in 'ab':
                group.start_soon(receive, name, receiver)
            other_sender, other_receiver = trio.open_memory_channel(0)
            for name in 'cd':
                group.start_soon(send, name, other_sender)
            await trio.sleep(5)
            sender.close()
            other_receiver.close()
            await trio.sleep(1)
            log(sorted(ended))

    run(main)


@program('a sender waits at a full channel, and the receiver is closed: nothing is left')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(1)
        sender.send_nowait('in it')
        async with open_group() as group:
            group.start_soon(later, 5, receiver.close)
            await ending(log, 'send', sender.send('waits'))
        look(log, sender, receiver)

    run(main)


@program('a sender waits, another one is closed: the value arrives, and then the end')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        clone = sender.clone()

        async def send():
            await ending(log, 'send', sender.send('value'))
            sender.close()

        async with open_group() as group:
            group.start_soon(send)
            await trio.sleep(5)
            clone.close()
            log('received', receiver.receive_nowait())
            await ending(log, 'receive', receiver.receive())

    run(main)


@program('closed in the moment after the value was taken: it was sent')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            async def send():
                await ending(log, 'send', sender.send('value'))

            group.start_soon(send)
            await trio.sleep(5)
            log('received', receiver.receive_nowait())
            sender.close()
            receiver.close()

    run(main)


@program('closed in the moment after the value was given: it was received')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            async def receive():
                await ending(log, 'receive', receiver.receive())

            group.start_soon(receive)
            await trio.sleep(5)
            sender.send_nowait('value')
            receiver.close()
            sender.close()

    run(main)


@table({
    'a receiver waits, and both ends are closed at once: the first counts':
        dict(name='receive', wait=lambda sender, receiver: receiver.receive()),
    'a sender waits, and both ends are closed at once: the first counts':
        dict(name='send', wait=lambda sender, receiver: sender.send('value')),
})
def _(log, name, wait):
    async def main():
        for sender_first in (True, False):
            sender, receiver = trio.open_memory_channel(0)
            async with open_group() as group:
                group.start_soon(ending, log, name, wait(sender, receiver))
                await trio.sleep(5)
                for end in (sender, receiver) if sender_first else (receiver, sender):
                    end.close()

    run(main)


@program('an iteration whose receiver is closed by somebody else')
def _(log):
    async def consume(receiver):
        async for value in receiver:
            log(value)

    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.send_nowait('a')
        async with open_group() as group:
            group.start_soon(later, 5, receiver.close)
            await ending(log, 'iteration', consume(receiver))

    run(main)


@program('an iteration whose receiver is closed in its body')
def _(log):
    async def consume(receiver):
        async for value in receiver:
            log(value)
            receiver.close()

    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.send_nowait('a')
        sender.send_nowait('b')
        await ending(log, 'iteration', consume(receiver))

    run(main)
