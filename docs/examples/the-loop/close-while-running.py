from support.virtual import VirtualLoop


def call_back(x):
    print('get', x)


def stop_loop(loop):
    loop.close()


def handle_exception(loop, context):
    print(context['exception'])
    loop.stop()


loop = VirtualLoop()
loop.set_exception_handler(handle_exception)

loop.call_soon(call_back, 32)
loop.call_soon(stop_loop, loop)
loop.run_forever()
loop.close()
