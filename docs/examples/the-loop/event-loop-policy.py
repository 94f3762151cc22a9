import asyncio

from support.virtual import VirtualLoop


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print('a new loop, made by the policy')
        return VirtualLoop()


async def main():
    print('hello')
    await asyncio.sleep(3600)
    print('an hour later')


asyncio.set_event_loop_policy(Policy())
asyncio.run(main())
asyncio.set_event_loop_policy(None)
