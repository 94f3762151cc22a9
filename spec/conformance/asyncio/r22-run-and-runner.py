"""R22: A runner runs coroutines in one loop and one context. At the end it cancels, awaits and reports what is left."""
from asyncio import Runner, all_tasks, create_task, current_task, gather, get_running_loop, shield, sleep
from contextvars import ContextVar, copy_context

from errors import Boom
from programs import program
from virtual import new_loop, run
from witness import message, names, outcome


def with_runner(log, body, loop_factory=new_loop):
    """Do something with a runner, and close it however that ends."""
    runner = Runner(loop_factory=loop_factory)
    try:
        body(runner)
    finally:
        runner.close()
        log('closed')


def attempt(log, f):
    try:
        log('gives', f())
    except Exception as error:
        log('throws', error)


@program('run() gives the result of main')
def _(log):
    async def main():
        await sleep(1)
        return 'result'

    log(run(main()))


@program('run() raises the error of main')
def _(log):
    async def main():
        await sleep(1)
        raise Boom

    attempt(log, lambda: run(main()))


@program('tasks that main leaves running are cancelled and awaited')
def _(log):
    async def child(name, ms):
        try:
            await sleep(100)
        finally:
            await sleep(ms)
            log(name, 'is through at', get_running_loop().time())

    async def main():
        tasks = [create_task(child('a', 5)), create_task(child('b', 3))]
        await sleep(1)
        log('main ends')
        return 'result'

    log(run(main()))


@program('tasks that a failing main leaves running are cancelled and awaited')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))

    async def main():
        task = create_task(child())
        await sleep(1)
        raise Boom

    attempt(log, lambda: run(main()))


@program('a task that had not begun never does')
def _(log):
    async def child():
        log('never here')

    async def main():
        current_task().add_done_callback(lambda _: tasks.append(create_task(child())))
        return 'result'

    tasks = []

    log(run(main()))


@program('errors at the end are reported, each to the handler of the loop')
def _(log):
    async def child():
        try:
            await sleep(100)
        except BaseException:
            raise Boom

    async def main():
        def report(loop, context):
            log('report', context['exception'])
            reported.append(context['task'])

        get_running_loop().set_exception_handler(report)
        tasks = [create_task(child(), name='a'), create_task(sleep(100), name='b'), create_task(child(), name='c')]
        await sleep(1)
        return 'result'

    reported = []
    log(run(main()), names(reported))


@program('a task that swallows its cancellation may finish')
def _(log):
    async def child():
        await outcome(log, 'child', sleep(100))
        await sleep(50)
        log('child ends at', get_running_loop().time())

    async def main():
        task = create_task(child())
        await sleep(1)

    run(main())


@program('a task that waits for another is cancelled together with it')
def _(log):
    def tell(*line):
        lines.append([*line])

    async def main():
        inner = create_task(outcome(tell, 'inner', sleep(100)))
        tasks = [
            create_task(outcome(tell, 'outer', inner)),
            create_task(outcome(tell, 'shield', shield(inner))),
            create_task(outcome(tell, 'gather', gather(inner, sleep(200)))),
        ]
        await sleep(1)

    lines = []
    run(main())
    for line in sorted(lines, key=lambda line: line[0]):
        log(*line)


@program('a main that cancels itself ends with the error')
def _(log):
    async def main():
        current_task().cancel('enough')
        await outcome(log, 'sleep', sleep(1))
        current_task().cancel('really')
        await sleep(1)

    try:
        run(main())
    except BaseException as error:
        log(error, message(error))


@program('run() is refused inside a running loop')
def _(log):
    async def inner():
        log('never here')

    async def main():
        coroutine = inner()
        attempt(log, lambda: run(coroutine))
        coroutine.close()
        await sleep(0)
        return 'main goes on'

    log(run(main()))


@program('after run() the loop is closed, and none is running')
def _(log):
    async def main():
        return get_running_loop()

    loop = run(main())
    log(loop.is_closed(), loop.is_running())
    attempt(log, get_running_loop)


@program('a main that waits forever is detected and cleaned up')
def _(log):
    async def main():
        try:
            await get_running_loop().create_future()
        finally:
            log('main cleans up')

    attempt(log, lambda: run(main()))


@program('a runner runs coroutines one after the other in one loop, whose time continues')
def _(log):
    async def main():
        await sleep(5)
        log(get_running_loop().time())
        return get_running_loop()

    def body(runner):
        loop = runner.run(main())
        log(runner.run(main()) is loop, runner.get_loop() is loop, loop.is_running(), loop.is_closed())

    with_runner(log, body)


@program('a runner has one context for all its runs, and nobody else has it')
def _(log):
    variable = ContextVar('variable', default='default')

    async def main(value):
        log(variable.get())
        variable.set(value)
        await sleep(0)
        log(variable.get())

    def body(runner):
        variable.set('outside')
        runner.run(main('first'))
        runner.run(main('second'))
        log(variable.get())

    with_runner(log, body)


@program('the context is a copy made at the first use')
def _(log):
    variable = ContextVar('variable', default='default')

    async def main():
        log(variable.get())

    def body(runner):
        variable.set('before')
        runner.get_loop()
        variable.set('after')
        runner.run(main())

    with_runner(log, body)


@program('one run may have its own context')
def _(log):
    variable = ContextVar('variable', default='default')

    async def main(value):
        log(variable.get())
        variable.set(value)

    def body(runner):
        context = copy_context()
        runner.run(main('of its own'), context=context)
        log(context.get(variable), variable.get())
        runner.run(main('shared'))
        runner.run(main('of its own again'), context=context)

    with_runner(log, body)


@program('a task left by one run continues in the next, and is cancelled at the end')
def _(log):
    async def child():
        try:
            while True:
                await sleep(10)
                log('child at', get_running_loop().time())
        finally:
            log('child ends')

    async def first():
        task = create_task(child(), name='child')
        await sleep(15)
        log('first ends')

    async def second():
        log('child' in names(all_tasks()))
        await sleep(15)
        log('second ends')

    def body(runner):
        runner.run(first())
        log('between')
        runner.run(second())

    with_runner(log, body)


@program('a failing run does not end the runner')
def _(log):
    async def fail():
        raise Boom

    async def main():
        return 'result'

    def body(runner):
        attempt(log, lambda: runner.run(fail()))
        attempt(log, lambda: runner.run(main()))

    with_runner(log, body)


@program('a closed runner does nothing more, however often it is closed')
def _(log):
    async def main():
        return 'never here'

    runner = Runner(loop_factory=new_loop)
    loop = runner.get_loop()
    runner.close()
    runner.close()
    log(loop.is_closed())
    coroutine = main()
    attempt(log, lambda: runner.run(coroutine))
    attempt(log, runner.get_loop)
    coroutine.close()


@program('a runner creates its loop when it needs one, and only one')
def _(log):
    def factory():
        log('made')
        return new_loop()

    async def main():
        log('runs')

    def body(runner):
        log('used')
        runner.run(main())
        runner.run(main())

    with_runner(log, lambda runner: log('not used'), factory)
    with_runner(log, body, factory)


@program('a runner is refused inside a running loop')
def _(log):
    async def inner():
        log('never here')

    async def main(runner):
        coroutine = inner()
        attempt(log, lambda: runner.run(coroutine))
        coroutine.close()

    with_runner(log, lambda runner: runner.run(main(runner)))
    with_runner(log, lambda runner: run(main(runner)))


@program('debug mode follows the option')
def _(log):
    async def main():
        return get_running_loop().get_debug()

    log(run(main()), run(main(), debug=True), run(main(), debug=False))


@program('while the runner closes, callbacks scheduled by callbacks still have their turn')
def _(log):
    async def main():
        loop = get_running_loop()

        def one():
            log('one')
            loop.call_soon(two)

        def two():
            log('two')
            loop.call_soon(log, 'three')

        loop.call_soon(one)

    run(main())
