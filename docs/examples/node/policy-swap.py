import asyncio
import time

import uvloop


async def take_turns():
    for i in range(1000):
        await asyncio.sleep(0)
    return 1000


async def main():
    turns = await asyncio.gather(*[take_turns() for i in range(100)])
    return sum(turns)


def measure(title):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())  # to be warm
    start = time.perf_counter()
    turns = loop.run_until_complete(main())
    print(f'{title}: {turns} turns took {(time.perf_counter() - start) * 1000:.1f} ms')
    loop.close()


async def talk():
    async def echo(reader, writer):
        writer.write(await reader.readline())
        writer.close()

    async with await asyncio.start_server(echo, '127.0.0.1', 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        writer.write(b'hello world\n')
        print('over a socket:', (await reader.readline()).decode().strip())
        writer.close()


measure('before')
asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
measure('after')
loop = asyncio.new_event_loop()
loop.run_until_complete(talk())
loop.close()
asyncio.set_event_loop_policy(None)
