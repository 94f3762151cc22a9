from support.virtual import VirtualLoop


def call_back(x):
    print('get', x)


def stop_loop(loop):
    loop.stop()


loop = VirtualLoop()

loop.call_soon(call_back, 32)
loop.call_soon(stop_loop, loop)
print('nothing has run yet')
loop.run_forever()
loop.close()
