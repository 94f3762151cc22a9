"""What programs ask of a semaphore; the twin of `semaphores.ts`."""


async def room(semaphore):
    """How many may still come in; it takes what is left."""
    count = 0
    while not semaphore.locked():
        await semaphore.acquire()
        count += 1
    return count
