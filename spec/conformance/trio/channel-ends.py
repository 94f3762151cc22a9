"""Each end of a channel can be cloned and closed; the other end is told when the last one is closed."""
import trio
from ends import look
from programs import program
from world import attempt, ending, now, open_group, run


@program('a closed sender cannot send, and the receiver reaches the end')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.send_nowait('last')
        sender.close()
        attempt(log, 'send', lambda: sender.send_nowait('more'))
        await ending(log, 'send', sender.send('more'))
        for _ in range(3):
            await ending(log, 'receive', receiver.receive())
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a closed receiver cannot receive, and sending is an error')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.send_nowait('lost')
        receiver.close()
        attempt(log, 'receive', receiver.receive_nowait)
        await ending(log, 'receive', receiver.receive())
        attempt(log, 'send', lambda: sender.send_nowait('more'))
        await ending(log, 'send', sender.send('more'))

    run(main)


@program('both closed')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.close()
        receiver.close()
        look(log, sender, receiver)
        sender, receiver = trio.open_memory_channel(5)
        receiver.close()
        sender.close()
        look(log, sender, receiver)

    run(main)


@program('closing twice does nothing')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        other = sender.clone()
        sender.close()
        sender.close()
        attempt(log, 'send', lambda: other.send_nowait('value'))
        twin = receiver.clone()
        receiver.close()
        receiver.close()
        attempt(log, 'receive', twin.receive_nowait)
        attempt(log, 'receive', twin.receive_nowait)

    run(main)


@program('a clone of a sender is an independent sender')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        clone = sender.clone()
        sender.close()
        attempt(log, 'the first', lambda: sender.send_nowait('a'))
        attempt(log, 'the clone', lambda: clone.send_nowait('b'))
        attempt(log, 'receive', receiver.receive_nowait)
        attempt(log, 'receive', receiver.receive_nowait)
        clone.close()
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('a clone of a receiver is an independent receiver')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        clone = receiver.clone()
        sender.send_nowait('a')
        receiver.close()
        attempt(log, 'the first', receiver.receive_nowait)
        attempt(log, 'the clone', clone.receive_nowait)
        attempt(log, 'send', lambda: sender.send_nowait('b'))
        clone.close()
        attempt(log, 'send', lambda: sender.send_nowait('c'))

    run(main)


@program('a closed end cannot be cloned')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        sender.close()
        receiver.close()
        attempt(log, 'sender', sender.clone)
        attempt(log, 'receiver', receiver.clone)

    run(main)


@program('an end can be cloned after the other is closed')
def _(log):
    async def main():
        sender, receiver = trio.open_memory_channel(5)
        receiver.close()
        clone = sender.clone()
        attempt(log, 'send', lambda: clone.send_nowait('value'))
        sender, receiver = trio.open_memory_channel(5)
        sender.send_nowait('value')
        sender.close()
        clone = receiver.clone()
        attempt(log, 'receive', clone.receive_nowait)
        attempt(log, 'receive', clone.receive_nowait)

    run(main)


@program('a body closes its end however it ends')
def _(log):
    async def fail(end):
        with end:
            raise ValueError

    async def main():
        sender, receiver = trio.open_memory_channel(5)
        with sender:
            sender.send_nowait('value')
        attempt(log, 'send', lambda: sender.send_nowait('more'))
        await ending(log, 'body', fail(receiver))
        attempt(log, 'receive', receiver.receive_nowait)

    run(main)


@program('producers with clones: the end comes when the last one is closed')
def _(log):
    async def produce(sender, name, time):
        with sender:
            for i in range(2):
                await trio.sleep(time)
                await sender.send(f'{name}{i}')

    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            with sender:
                for name, time in (('a', 3), ('b', 5), ('c', 7)):
                    group.start_soon(produce, sender.clone(), name, time)
            async for value in receiver:
                log(value, 'at', now())
            log('the end at', now())

    run(main)


@program('consumers with clones: sending is an error when the last one is closed')
def _(log):
    async def consume(receiver, name, count, begin):
        await trio.sleep(begin)
        with receiver:
            for _ in range(count):
                log(name, 'gets', await receiver.receive())

    async def produce(sender):
        await trio.sleep(2)
        for i in range(10):
            await sender.send(i)
            await trio.sleep(2)

    async def main():
        sender, receiver = trio.open_memory_channel(0)
        async with open_group() as group:
            with receiver:
                group.start_soon(consume, receiver.clone(), 'a', 1, 0)
                group.start_soon(consume, receiver.clone(), 'b', 3, 1)
            await ending(log, 'produce', produce(sender))

    run(main)
