import asyncio
import http.server
import os
import re
import tempfile
import threading
import time
import urllib.request

folder = tempfile.mkdtemp()


class Images(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.1)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(bytes(int(re.search(r'\d+', self.path)[0])))

    def log_message(self, *args):
        pass


def download_image(url):
    file_name = os.path.join(folder, url.rsplit('_')[-1])
    with urllib.request.urlopen(url) as response, open(file_name, mode='wb') as file_object:
        file_object.write(response.read())
    return file_name


async def main(url_list):
    start = time.time()
    for url in url_list:
        print('one after the other:', os.stat(download_image(url)).st_size)
    one_by_one = time.time() - start

    again = time.time()
    # aiohttp is no part of Python: threads take its place
    tasks = [asyncio.create_task(asyncio.to_thread(download_image, url)) for url in url_list]
    await asyncio.wait(tasks)
    for task in tasks:
        print('concurrently:', os.stat(task.result()).st_size)
    print('that is faster:', 'yes' if time.time() - again < one_by_one else 'no')


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Images)
threading.Thread(target=server.serve_forever, daemon=True).start()
asyncio.run(main([f'http://127.0.0.1:{server.server_port}/newsdfs/car_{size}.jpg' for size in [10000, 20000, 30000]]))
