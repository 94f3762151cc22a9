import asyncio


async def boil():
    print('the kettle is on')
    try:
        await asyncio.sleep(1)
        return 'hot water'
    finally:
        print('the kettle is off')


async def brew():
    try:
        return f'tea of {await boil()}'
    except asyncio.CancelledError:
        print('no tea: true')
        raise


async def main():
    tea = asyncio.create_task(brew(), name='tea')
    await asyncio.sleep(0.01)
    tea.cancel()
    try:
        await tea
    except asyncio.CancelledError:
        print('main knows: true')


asyncio.run(main())
