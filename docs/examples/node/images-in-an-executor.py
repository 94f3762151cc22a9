import asyncio
import http.server
import os
import re
import tempfile
import threading
import urllib.request


class Images(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('content-type', 'image/jpeg')
        self.end_headers()
        self.wfile.write(bytes(int(re.search(r'\d+', self.path)[0])))

    def log_message(self, *args):
        pass


def get(url):
    # requests is no part of Python: urllib, which blocks as well, takes its place
    with urllib.request.urlopen(url) as response:
        return response.read()


async def download_images(url):
    print('download begins')
    loop = asyncio.get_event_loop()
    future = loop.run_in_executor(None, get, url)
    content = await future
    print('download ends')
    file_name = url.rsplit('_')[-1]
    with open(os.path.join(folder, file_name), mode='wb') as file_object:
        file_object.write(content)


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Images)
threading.Thread(target=server.serve_forever, daemon=True).start()
url_list = [f'http://127.0.0.1:{server.server_port}/newsdfs/car_{size}.jpg' for size in [10000, 20000, 30000]]
with tempfile.TemporaryDirectory() as folder:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(asyncio.gather(*[download_images(url) for url in url_list]))
    loop.close()
    for file in sorted(os.listdir(folder)):
        print(file, os.path.getsize(os.path.join(folder, file)))
