import asyncio
from asyncio.staggered import staggered_race

from support.virtual import VirtualLoop


def kitchen(name, ms, burns=False):
    async def cook():
        print(name, 'begins at', asyncio.get_running_loop().time())
        try:
            await asyncio.sleep(ms)
            if burns:
                raise ValueError('burnt')
            return 'soup of ' + name
        finally:
            print(name, 'stops at', asyncio.get_running_loop().time())
    return cook


async def main():
    value, index, errors = await staggered_race([kitchen('Ann', 30), kitchen('Ben', 12, True), kitchen('Cleo', 9)], 10)
    print(value, index, [type(error).__name__ for error in errors])


asyncio.run(main(), loop_factory=VirtualLoop)
