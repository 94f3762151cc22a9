import asyncio

from support.virtual import VirtualLoop


async def test_asyncio():
    print('start :', loop.time())
    await asyncio.sleep(5)
    print('end :', loop.time())


loop = VirtualLoop()
tasks = [asyncio.ensure_future(test_asyncio(), loop=loop) for i in range(10)]
loop.run_until_complete(asyncio.wait(tasks))  # tasks are waited for with wait()
loop.close()
