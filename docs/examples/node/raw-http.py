import asyncio
import re


async def page(reader, writer):
    request = (await reader.readuntil(b'\r\n\r\n')).decode()
    n = int(re.search(r'\d+', request)[0])
    await asyncio.sleep(n * 0.03)
    writer.write(f'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nThis is page {n}.\n'.encode())
    writer.close()


async def get_html(port, n):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(f'GET /{n} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'.encode())
    print('sended')
    datas = []
    async for data in reader:
        datas.append(data.decode())
    writer.close()
    return ''.join(datas).split('\r\n\r\n')[1].strip()


async def main():
    async with await asyncio.start_server(page, '127.0.0.1', 0) as server:
        port = server.sockets[0].getsockname()[1]
        pages = await asyncio.gather(*[get_html(port, n) for n in range(10)])
        for html in pages:
            print(html)

        tasks = [asyncio.ensure_future(get_html(port, n)) for n in [4, 2, 6]]
        for next in asyncio.as_completed(tasks):
            print(await next)


asyncio.run(main())
