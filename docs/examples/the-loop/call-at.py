from support.virtual import VirtualLoop


def call_back(x):
    print('get', x, 'at', loop.time())


def stop_loop(loop):
    loop.stop()


loop = VirtualLoop()
now = loop.time()
loop.call_at(now + 3, call_back, 32)
loop.call_at(now + 2, call_back, 31)
loop.call_at(now + 4, stop_loop, loop)
loop.run_forever()
loop.close()
