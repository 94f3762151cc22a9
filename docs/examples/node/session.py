import asyncio
import http.server
import threading
import time
import urllib.request


class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(int(self.path[1:]) * 0.05)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello')

    def log_message(self, *args):
        pass


async def fetch(url):
    # aiohttp is no part of Python: a thread takes its place
    with await asyncio.to_thread(urllib.request.urlopen, url) as response:
        print('start fetch')
        await asyncio.sleep(0.2)
        return f"{response.url.split('/')[-1]}: {response.read().decode()}"


async def run(url):
    html = await fetch(url)
    print(html)


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Hello)
threading.Thread(target=server.serve_forever, daemon=True).start()
urls = [f'http://127.0.0.1:{server.server_port}/{n}' for n in [1, 2, 3]]
loop = asyncio.new_event_loop()
tasks = [loop.create_task(run(url)) for url in urls]
loop.run_until_complete(asyncio.wait(tasks))
loop.close()
