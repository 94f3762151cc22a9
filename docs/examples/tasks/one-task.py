import asyncio


async def do_some_thing(x):
    await asyncio.sleep(.02)
    print('wait...', x)
    return x


loop = asyncio.new_event_loop()
start_time = loop.time()
coroutine = do_some_thing(10)
task = loop.create_task(coroutine)
print('the result is', loop.run_until_complete(task))
print('it took its time' if loop.time() - start_time > .019 else 'it was too quick')
loop.close()
