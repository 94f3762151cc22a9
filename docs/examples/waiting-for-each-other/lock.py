import asyncio

from support.virtual import VirtualLoop

account = {'balance': 0}


async def deposit(name, amount, lock):
    async with lock:
        balance = account['balance']
        print(name, 'reads', balance)
        await asyncio.sleep(1)
        account['balance'] = balance + amount
        print(name, 'writes', account['balance'])


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(deposit('Ann', 10, lock), deposit('Ben', 20, lock), deposit('Cem', 30, lock))
    print('in the end', account['balance'])


asyncio.run(main(), loop_factory=VirtualLoop)
