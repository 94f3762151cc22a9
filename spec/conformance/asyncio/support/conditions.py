"""Waiting and notifying with the lock of a condition held, as one should; the twin of `conditions.ts`."""


async def wait_inside(condition):
    async with condition:
        return await condition.wait()


async def notify(condition, n=1):
    async with condition:
        condition.notify(n)


async def notify_all(condition):
    async with condition:
        condition.notify_all()
