import asyncio

from support.virtual import VirtualLoop


class ClientSession:
    """In the place of an HTTP client: it answers with what it is asked for."""
    def get(self, url):
        return Response(url)

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        print('session closed')


class Response:
    def __init__(self, url):
        self.url = url

    async def __aenter__(self):
        await asyncio.sleep(1)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        print('response closed')


async def fetch(session, url):
    async with session.get(url) as response:
        print('start fetch', loop.time())
        await asyncio.sleep(4)
        return response.url


async def run(url):
    async with ClientSession() as session:
        html = await fetch(session, url)
        print(html, loop.time())


urls = ['https://www.example.com', 'https://www.example.net', 'https://www.example.org']
loop = VirtualLoop()
tasks = [asyncio.ensure_future(run(url), loop=loop) for url in urls]
loop.run_until_complete(asyncio.wait(tasks))
loop.close()
