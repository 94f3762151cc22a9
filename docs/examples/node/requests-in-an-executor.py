import asyncio
import functools
import http.server
import re
import threading
import time
import urllib.request


all_have_asked = threading.Barrier(3)
printed = 0


class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        all_have_asked.wait()
        while printed < int(self.path[1:]) - 1:
            time.sleep(0.01)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello')

    def log_message(self, *args):
        pass


async def run(url):
    global printed
    loop = asyncio.get_event_loop()
    # requests is no part of Python: urllib, which blocks as well, takes its place
    res = await loop.run_in_executor(None, functools.partial(urllib.request.urlopen, url, timeout=10))
    with res:
        print(re.sub(r':\d+', '', res.url), res.read().decode())
        printed += 1


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Hello)
threading.Thread(target=server.serve_forever, daemon=True).start()
urls = [f'http://127.0.0.1:{server.server_port}/{n}' for n in [3, 1, 2]]
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
tasks = [asyncio.ensure_future(run(url), loop=loop) for url in urls]
loop.run_until_complete(asyncio.wait(tasks))
loop.close()
