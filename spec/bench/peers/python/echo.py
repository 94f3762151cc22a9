"""Prints the nanoseconds of one echo by a server of streams: echo.py asyncio|uvloop CONNECTIONS BYTES SECONDS CLIENT..."""
import asyncio
import json
import os
import sys

library, connections, size, seconds, *client = sys.argv[1:]


async def echo(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # the client has gone
    writer.close()


async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(*client, str(port), connections, seconds, size, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    load = json.loads(printed)
    assert load['closed'] == 0
    print(1e9 / load['rps'], flush=True)
    os._exit(0)


if library == 'uvloop':
    import uvloop
    uvloop.install()
asyncio.run(main())
