import asyncio

from support.virtual import VirtualLoop


async def work(seconds):
    print('works for', seconds, 's')
    await asyncio.sleep(seconds)


def tick(loop):
    loop.stop()  # stopped beforehand, it runs one turn and does not wait
    loop.run_forever()
    return len(loop._ready)


loop = VirtualLoop()

task_list = [
    loop.create_task(work(1), name='task 1'),
    loop.create_task(work(3), name='task 2'),
    loop.create_task(work(1), name='task 3'),
]

while True:
    # Run the tasks that are ready. What becomes ready meanwhile has to wait for the next tick.
    while tick(loop) > 0:
        print('and again, some more is ready')

    # Which are done?
    done_list = [task for task in task_list if task.done()]
    for task in done_list:
        print('at', loop.time(), 's', task.get_name(), 'is done')

    # Take them out of the list. Is it empty? Then that was all.
    task_list = [task for task in task_list if not task.done()]
    if len(task_list) == 0:
        break

    loop.now += 1  # a second passes
loop.close()
