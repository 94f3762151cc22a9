"""What asyncio's protocols are told, over real sockets on loopback: python3 record.py scenarios.json"""
import asyncio
import json
import sys

SETTLED = 0.3  # so long nothing more is told, then it is quiet
MUCH = 16 * 1024 * 1024


class Noting(asyncio.Protocol):
    def __init__(self):
        self.log = []
        self.keeps_open = False

    def connection_made(self, transport):
        self.transport = transport
        self.log.append('connection_made')

    def data_received(self, data):
        if self.log[-1] != 'data_received':
            self.log.append('data_received')

    def eof_received(self):
        self.log.append('eof_received')
        return self.keeps_open

    def connection_lost(self, error):
        self.log.append('connection_lost' if error is None else 'connection_lost: ' + type(error).__name__)

    def pause_writing(self):
        self.log.append('pause_writing')

    def resume_writing(self):
        self.log.append('resume_writing')


def act(protocol, action, argument=None):
    transport = protocol.transport
    match action:
        case 'write': transport.write(argument.encode())
        case 'much': transport.write(bytes(MUCH))
        case 'eof': transport.write_eof()
        case 'close': transport.close()
        case 'abort': transport.abort()
        case 'pause': transport.pause_reading()
        case 'resume': transport.resume_reading()
        case 'keep open': protocol.keeps_open = True


async def settle(*sides):
    told = -1
    while (now := sum(len(side.log) for side in sides)) != told:
        told = now
        await asyncio.sleep(SETTLED)


async def play(steps):
    loop = asyncio.get_running_loop()
    there = Noting()
    server = await loop.create_server(lambda: there, '127.0.0.1', 0)
    _, here = await loop.create_connection(Noting, *server.sockets[0].getsockname())
    await settle(here, there)
    for who, *step in steps:
        act({'client': here, 'server': there}[who], *step)
        await settle(here, there)
    server.close()
    return {'client': here.log, 'server': there.log}


async def main():
    with open(sys.argv[1]) as file:
        scenarios = json.load(file)
    played = await asyncio.gather(*map(play, scenarios.values()))
    print(json.dumps(dict(zip(scenarios, played)), indent=2))


asyncio.run(main())
