from support.virtual import VirtualLoop


def call_back(x):
    print('get', x, 'at', loop.time())


def stop_loop(loop):
    loop.stop()


loop = VirtualLoop()

loop.call_later(3, call_back, 32)
loop.call_later(2, call_back, 31)
loop.call_later(4, stop_loop, loop)
loop.run_forever()
loop.close()
