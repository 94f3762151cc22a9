"""Asynchronous generators (PEP 525) run when somebody asks, may wait, and are closed at the latest with the loop."""
from asyncio import (
    CancelledError, TaskGroup, create_task, current_task, eager_task_factory, gather, get_running_loop, shield, sleep,
    timeout, wait_for,
)
from contextlib import aclosing
from contextvars import ContextVar

from groups import ending
from iteration import close, step
from probes import attempt
from programs import program, show
from virtual import new_loop, run
from witness import message, outcome, ticker


class Boom(Exception):
    pass


class Bang(Exception):
    pass


async def numbers(n, pause=None):
    for i in range(n):
        if pause is not None:
            await sleep(pause)
        yield i


async def guarded(log, name='generator', pause=None):
    """Gives 0, 1, 2…, and logs when it is left, and what it takes with it."""
    i = 0
    try:
        while True:
            yield i
            i += 1
    except BaseException as error:
        if pause is not None:
            await sleep(pause)
        log(name, 'leaves at', now(), 'with', error)
        raise


def now():
    return get_running_loop().time()


@program('it gives what it yields, until its end')
def _(log):
    async def main():
        async for n in numbers(3):
            log(n)
        log('after')

    run(main())


@program('nothing runs before somebody asks')
def _(log):
    async def generator():
        log('begins')
        yield 1
        log('ends')

    async def main():
        g = generator()
        log('made')
        await step(log, anext(g))
        log('asked')
        await step(log, anext(g))

    run(main())


@program('its body may wait, and waits in the name of who asks')
def _(log):
    async def generator():
        for _ in range(2):
            log(current_task().get_name(), 'waits at', now())
            await sleep(5)
            yield now()

    async def main():
        g = generator()
        for name in ('a', 'b'):
            task = create_task(step(log, anext(g)), name=name)
            await task

    run(main())


@program('to ask takes no turn')
def _(log):
    async def main():
        ticker(log, 2)
        async for n in numbers(3):
            log('item', n)
        log('after')
        await sleep(1)

    run(main())


@program('at its end it stays')
def _(log):
    async def main():
        g = numbers(1)
        for _ in range(3):
            await step(log, anext(g))
        await step(log, g.asend('sent'))
        async for _ in g:
            log('never here')

    run(main())


@program('a loop goes on where another one was left')
def _(log):
    async def main():
        g = numbers(6)
        await step(log, anext(g))
        async for n in g:
            log('first', n)
            await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('asend() sends a value to the yield')
def _(log):
    async def echo():
        sent = None
        while sent != 'stop':
            sent = yield sent

    async def main():
        g = echo()
        await step(log, g.asend(None))
        await step(log, g.asend('one'))
        await step(log, anext(g))
        await step(log, g.asend(0))
        await step(log, g.asend('stop'))

    run(main())


@program('a value cannot be sent to one that has not begun')
def _(log):
    async def main():
        g = numbers(2)
        await step(log, g.asend('too early'))
        await step(log, g.asend(None))
        await step(log, g.asend('sent'))
        await step(log, g.asend('sent'))

    run(main())


@program('what is sent is there after a wait, too')
def _(log):
    async def totals():
        total = 0
        while True:
            value = yield total
            await sleep(1)
            total += value

    async def main():
        async with aclosing(totals()) as g:
            await anext(g)
            for n in (2, 4, 9):
                await step(log, g.asend(n))
        log(now())

    run(main())


@program('athrow() raises at the yield, which may answer with another value')
def _(log):
    async def stubborn():
        for i in range(3):
            try:
                yield i
            except Boom as error:
                log('caught', error)
                await sleep(1)
                yield 'answer'

    async def main():
        g = stubborn()
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))
        await step(log, g.athrow(Boom))
        await step(log, g.athrow(Bang()))
        await step(log, anext(g))

    run(main())


@program('who returns on an error is at the end')
def _(log):
    async def polite():
        try:
            yield 1
        except Boom:
            return

    async def main():
        g = polite()
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))

    run(main())


@program('an error thrown into one that has not begun ends it')
def _(log):
    async def generator():
        log('never here')
        yield 1

    async def main():
        g = generator()
        await step(log, g.athrow(Boom()))
        await step(log, anext(g))
        await close(log, g.athrow(Bang()))

    run(main())


@program('an error thrown into one that has ended is lost')
def _(log):
    async def main():
        g = numbers(0)
        await step(log, anext(g))
        await close(log, g.athrow(Boom()))
        g = numbers(2)
        await step(log, anext(g))
        await close(log, g.aclose())
        await close(log, g.athrow(Boom()))

    run(main())


@program('an error of the body ends it')
def _(log):
    async def failing():
        yield 1
        await sleep(1)
        raise Boom

    async def main():
        g = failing()
        for _ in range(4):
            await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('an error of the body ends a loop over it')
def _(log):
    async def failing():
        yield 1
        raise Boom

    async def loop():
        async for n in failing():
            log(n)
        else:
            log('never here')

    run(outcome(log, 'loop', loop()))


@program('a StopIteration in the body is a slip')
def _(log):
    async def slipping():
        yield 1
        raise StopIteration

    async def main():
        g = slipping()
        await step(log, anext(g))
        await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('one that is thrown into it is one as well')
def _(log):
    async def main():
        g = numbers(2)
        await step(log, anext(g))
        await step(log, g.athrow(StopIteration()))
        await step(log, anext(g))

    run(main())


@program('aclose() runs what is in finally, which may wait')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        await step(log, anext(g))
        await step(log, anext(g))
        await close(log, g.aclose())
        log('closed at', now())
        await step(log, anext(g))

    run(main())


@program('closing one that has not begun runs nothing')
def _(log):
    async def main():
        g = guarded(log)
        await close(log, g.aclose())
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('closing twice, or after the end, does nothing')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await close(log, g.aclose())
        await close(log, g.aclose())
        g = numbers(0)
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('who yields on GeneratorExit ignores it, and may be asked for the rest')
def _(log):
    async def ignoring():
        for i in range(3):
            try:
                yield i
            except GeneratorExit:
                yield 'ignored'

    async def main():
        g = ignoring()
        await step(log, anext(g))
        await close(log, g.aclose())
        for _ in range(3):
            await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('who yields in finally ignores it too')
def _(log):
    async def ignoring():
        try:
            yield 'body'
        finally:
            yield 'finally'
            log('never here')

    async def main():
        g = ignoring()
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('without a GeneratorExit a yield in finally is one like others')
def _(log):
    async def generator(error):
        try:
            yield 'body'
            if error is not None:
                raise error
        finally:
            yield 'finally'
            log('after')

    async def main():
        for error in (None, Boom()):
            g = generator(error)
            for _ in range(4):
                await step(log, anext(g))

    run(main())


@program('who catches GeneratorExit and returns is closed')
def _(log):
    async def polite():
        try:
            yield 1
        except GeneratorExit:
            await sleep(1)

    async def main():
        g = polite()
        await step(log, anext(g))
        await close(log, g.aclose())
        await step(log, anext(g))

    run(main())


@program('an error on the way out comes out of aclose()')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            await sleep(1)
            raise Boom

    async def main():
        g = failing()
        await step(log, anext(g))
        await close(log, g.aclose())
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('a GeneratorExit by athrow() comes out')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await step(log, g.athrow(GeneratorExit()))
        await step(log, anext(g))

    run(main())


@program('who is left by a break is closed by aclosing()')
def _(log):
    async def main():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                if n == 2:
                    break
        log('after', now())

    run(main())


@program('so it is when the body of the loop fails')
def _(log):
    async def loop():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                raise Boom

    async def main():
        await outcome(log, 'loop', loop())
        log(now())

    run(main())


@program('so it is when the body of the loop is cancelled')
def _(log):
    async def loop():
        async with aclosing(guarded(log, pause=5)) as g:
            async for n in g:
                log(n)
                await sleep(10)

    async def main():
        task = create_task(loop())
        await sleep(15)
        task.cancel()
        await outcome(log, 'loop', task)
        log(now())

    run(main())


@program('an error of the closing takes the place of that of the loop')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            raise Bang

    async def loop():
        async with aclosing(failing()) as g:
            async for n in g:
                raise Boom

    run(outcome(log, 'loop', loop()))


@program('cancelled while the body waits, the body gets the error')
def _(log):
    async def generator():
        try:
            yield 1
            await sleep(100)
            yield 2
        except CancelledError as error:
            log('body gets', error, message(error))
            raise

    async def loop(g):
        async for n in g:
            log(n)

    async def main():
        g = generator()
        task = create_task(loop(g))
        await sleep(1)
        task.cancel('by main')
        await outcome(log, 'loop', task)
        await step(log, anext(g))

    run(main())


@program('a body that swallows a cancellation goes on for whoever asks')
def _(log):
    async def generator():
        for i in range(3):
            await outcome(log, 'sleep', sleep(10, i))
            yield i

    async def loop():
        async for n in generator():
            log(n, now())
        return current_task().cancelling()

    async def main():
        task = create_task(loop())
        await sleep(15)
        task.cancel()
        await outcome(log, 'loop', task)

    run(main())


@program('a timeout in the loop, while the body waits')
def _(log):
    async def main():
        g = numbers(5, pause=4)
        try:
            async with timeout(10):
                async for n in g:
                    log(n, now())
        except TimeoutError as error:
            log(error, now())
        await step(log, anext(g))

    run(main())


@program('a timeout for one step ends the generator')
def _(log):
    async def slowing():
        try:
            for i in range(10):
                await sleep(i)
                yield i
        finally:
            log('is through at', now())

    async def main():
        g = slowing()
        for _ in range(7):
            await step(log, wait_for(anext(g), 4.5))

    run(main())


@program('a step may be shielded')
def _(log):
    async def main():
        g = numbers(3, pause=10)
        next_item = create_task(first(g))
        await outcome(log, 'impatient', wait_for(shield(next_item), 5))
        await outcome(log, 'patient', next_item)
        await step(log, anext(g))

    async def first(g):
        return await anext(g)

    run(main())


@program('a timeout in the body')
def _(log):
    async def limited():
        try:
            async with timeout(10):
                yield 'quick'
                await sleep(100)
                log('never here')
        except TimeoutError as error:
            log(error, now())
            yield 'late'

    async def main():
        async for item in limited():
            log(item, now())

    run(main())


@program('two tasks that take turns share the values')
def _(log):
    async def consume(name, g, pause):
        async for n in g:
            log(name, n)
            await sleep(pause)

    async def main():
        g = numbers(7)
        await gather(consume('a', g, 2), consume('b', g, 3))

    run(main())


@program('while it runs nobody else may ask')
def _(log):
    async def main():
        g = numbers(3, pause=5)
        task = create_task(step(log, anext(g)))
        await sleep(1)
        await step(log, anext(g))
        await outcome(log, 'asend', g.asend(None))
        await step(log, g.athrow(Boom()))
        await close(log, g.aclose())
        await task
        await step(log, anext(g))

    run(main())


@program('nor while it is being closed')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        await step(log, anext(g))
        task = create_task(close(log, g.aclose()))
        await sleep(1)
        await step(log, anext(g))
        await step(log, g.athrow(Boom()))
        await close(log, g.aclose())
        await task
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('nor it itself')
def _(log):
    async def generator():
        await step(log, anext(g))
        yield 1
        await close(log, g.aclose())
        yield 2

    async def main():
        nonlocal g
        g = generator()
        async for n in g:
            log(n)

    g = None
    run(main())


@program('who loops over it may close it')
def _(log):
    async def main():
        g = guarded(log)
        async for n in g:
            log(n)
            if n == 1:
                await close(log, g.aclose())
        log('after')

    run(main())


@program('a generator that goes through another one')
def _(log):
    async def doubled(source):
        async for n in source:
            yield n
            yield n * 2

    async def main():
        async for n in doubled(doubled(numbers(3, pause=1))):
            log(n, now())

    run(main())


@program('what is left early closes from the outside to the inside')
def _(log):
    async def outer():
        try:
            async with aclosing(guarded(log, 'inner', pause=1)) as source:
                async for n in source:
                    yield n
        finally:
            log('outer is through at', now())

    async def main():
        async with aclosing(outer()) as g:
            async for n in g:
                log(n)
                if n == 1:
                    break
        log('after')

    run(main())


@program('an error goes through all of them')
def _(log):
    async def level(source):
        async for n in source:
            yield n

    async def failing():
        yield 1
        raise Boom

    async def main():
        g = level(level(level(failing())))
        for _ in range(3):
            await step(log, anext(g))

    run(main())


@program('a hundred, one over the other')
def _(log):
    async def plus(source):
        async for n in source:
            yield n + 1

    async def main():
        g = numbers(3, pause=1)
        for _ in range(100):
            g = plus(g)
        log([n async for n in g], now())

    run(main())


@program('a comprehension')
def _(log):
    async def main():
        log([n * n async for n in numbers(5) if n % 2 == 0])
        log(sorted([str(n) async for n in numbers(3, pause=1)], reverse=True), now())

    run(main())


@program('what it yields is not awaited')
def _(log):
    async def generator(future):
        yield future
        yield None
        yield [1, 2]

    async def main():
        future = get_running_loop().create_future()
        g = generator(future)
        log(await anext(g) is future)
        await step(log, anext(g))
        await step(log, anext(g))
        await step(log, anext(g))

    run(main())


@program('its body may use tasks')
def _(log):
    async def pages(n):
        for page in range(n):
            left, right = await gather(sleep(1, f'left {page}'), create_task(sleep(2, f'right {page}')))
            yield [left, right]

    async def main():
        async for page in pages(2):
            log(page, now())

    run(main())


@program('a group in the body')
def _(log):
    async def work(n):
        await sleep(n)
        if n == 3:
            raise Boom
        return n

    async def rounds():
        for n in (1, 2, 3):
            async with TaskGroup() as group:
                task = group.create_task(work(n))
            yield task.result()

    async def loop():
        async for n in rounds():
            log(n, now())

    run(ending(log, 'loop', loop()))


@program('generators in several tasks')
def _(log):
    async def consume(name, n, pause):
        async for i in numbers(n, pause):
            log(name, i, now())

    async def main():
        await gather(consume('a', 3, 3), consume('b', 4, 2))

    run(main())


@program('a method may be one')
def _(log):
    class Tree:
        def __init__(self, value, *children):
            self.value, self.children = value, children

        async def walk(self):
            yield self.value
            for child in self.children:
                async for value in child.walk():
                    yield value

        def __aiter__(self):
            return self.walk()

    async def main():
        tree = Tree(1, Tree(2, Tree(3)), Tree(4))
        async for value in tree.walk():
            log(value)
        log([value async for value in tree])

    run(main())


@program('it has the context variables of who asks')
def _(log):
    async def generator():
        while True:
            yield variable.get()

    async def ask(name):
        variable.set(name)
        await step(log, anext(g))

    async def main():
        nonlocal g
        g = generator()
        variable.set('main')
        await step(log, anext(g))
        await create_task(ask('a'))
        await ask('b')
        await step(log, anext(g))

    variable = ContextVar('variable', default='default')
    g = None
    run(main())


@program('what it sets, who asks has set')
def _(log):
    async def generator():
        for i in range(3):
            variable.set(i)
            await sleep(1)
            yield i

    async def ask(g):
        await step(log, anext(g))
        log('task sees', variable.get())

    async def main():
        g = generator()
        await step(log, anext(g))
        log('main sees', variable.get())
        await create_task(ask(g))
        log('main sees', variable.get())
        await step(log, anext(g))
        log('main sees', variable.get())

    variable = ContextVar('variable', default='default')
    run(main())


@program('its token is refused when another task asks for the rest')
def _(log):
    async def generator():
        token = variable.set('by the generator')
        yield variable.get()
        attempt(log, lambda: variable.reset(token))
        yield variable.get()
        attempt(log, lambda: variable.reset(token))
        yield variable.get()

    async def main():
        g = generator()
        await step(log, anext(g))
        await create_task(step(log, anext(g)))
        await step(log, anext(g))

    variable = ContextVar('variable', default='default')
    run(main())


@program('what is open when the program ends is closed')
def _(log):
    async def main():
        g = guarded(log, pause=5)
        kept.append(g)
        await step(log, anext(g))
        log('main ends')
        return 'result'

    kept = []
    log(run(main()))


@program('several that are open are closed side by side')
def _(log):
    async def main():
        for name, pause in (('a', 10), ('b', 5), ('c', 20)):
            g = guarded(log, name, pause)
            kept.append(g)
            await step(log, anext(g))

    kept = []
    run(main())


@program('those that have not begun, or have ended, are not open')
def _(log):
    async def main():
        for g in (guarded(log, 'not begun'), guarded(log, 'closed'), guarded(log, 'failed'), guarded(log, 'open')):
            kept.append(g)
        for g in kept[1:]:
            await anext(g)
        await close(log, kept[1].aclose())
        await step(log, kept[2].athrow(Boom()))
        log('main ends')

    kept = []
    run(main())


@program('errors of the closing are reported')
def _(log):
    async def failing():
        try:
            yield 1
        finally:
            await sleep(1)
            raise Boom

    async def ignoring():
        try:
            yield 1
        except GeneratorExit:
            yield 'ignored'

    def handler(loop, context):
        reports.append(sorted(context))
        errors.append([show(context['exception']), context['asyncgen'] in kept])

    async def main():
        get_running_loop().set_exception_handler(handler)
        for g in (failing(), ignoring(), guarded(log, pause=3)):
            kept.append(g)
            await anext(g)
        return 'result'

    kept, reports, errors = [], [], []
    log(run(main()))
    log(reports)
    log(sorted(errors))


@program('tasks are cancelled first, and with them what they ask')
def _(log):
    async def waiting():
        try:
            yield 1
            await sleep(100)
        except BaseException as error:
            log('body gets', error)
            raise

    async def loop(g):
        async for n in g:
            log(n)

    async def main():
        g = waiting()
        kept.append(g)
        kept.append(create_task(loop(g)))
        await sleep(1)
        log('main ends')

    kept = []
    run(main())


@program('closing may wait for tasks, and make some')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            log(await create_task(sleep(5, 'slept')), now())

    async def main():
        g = generator()
        kept.append(g)
        await anext(g)

    kept = []
    run(main())


@program('shutdown by hand closes what is open, and what is asked later begins all the same')
def _(log):
    async def main():
        a, b = guarded(log, 'a', pause=5), guarded(log, 'b')
        await step(log, anext(a))
        await get_running_loop().shutdown_asyncgens()
        log('shut down', now())
        await step(log, anext(a))
        await step(log, anext(b))
        await step(log, anext(b))
        await close(log, b.aclose())

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: None)
    loop.run_until_complete(main())
    loop.close()


@program('with nothing open the shutdown takes no turn')
def _(log):
    async def main():
        ticker(log, 2)
        await get_running_loop().shutdown_asyncgens()
        log('shut down')
        await sleep(1)

    run(main())


@program('one that is open in one loop can go on in another')
def _(log):
    async def ask(g):
        await step(log, anext(g))

    loops = [new_loop(), new_loop()]
    g = numbers(3, pause=1)
    for loop in loops:
        loop.run_until_complete(ask(g))
        log(loop.time())
    for loop in loops:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@program('a producer and what consumes it')
def _(log):
    async def fetch(n):
        for page in range(n):
            await sleep(3)
            log('fetched', page)
            for row in range(2):
                yield [page, row]

    async def batches(source, size):
        batch = []
        async for item in source:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch

    async def main():
        async for batch in batches(fetch(3), 4):
            log(batch, now())
            await sleep(1)

    run(main())


@program('a body that loops forever is left at the first match')
def _(log):
    async def ticks():
        try:
            tick = 0
            while True:
                await sleep(1)
                tick += 1
                yield tick
        finally:
            log('ticks end at', now())

    async def main():
        async with aclosing(ticks()) as g:
            async for tick in g:
                if tick * tick > 50:
                    log('first', tick)
                    break
        await sleep(10)
        log('main ends at', now())

    run(main())


@program('two side by side')
def _(log):
    async def zipped(a, b):
        while True:
            try:
                yield [await anext(a), await anext(b)]
            except StopAsyncIteration:
                break

    async def main():
        async for pair in zipped(numbers(3, pause=2), numbers(5, pause=3)):
            log(pair, now())

    run(main())


@program('one loop inside of another over the same generator')
def _(log):
    async def main():
        g = numbers(7, pause=1)
        async for a in g:
            log('outer', a)
            async for b in g:
                log('inner', b, now())
                if b % 3 == 2:
                    break

    run(main())


@program('a timeout around a yield is one for who asked, while it does other things')
def _(log):
    async def limited():
        async with timeout(10) as limit:
            limits.append(limit)
            yield 1
            log('never here')

    async def loop():
        async with aclosing(limited()) as g:
            async for n in g:
                log(n)
                await outcome(log, 'sleep', sleep(20))
                await outcome(log, 'second sleep', sleep(20))
                break

    async def main():
        await outcome(log, 'loop', loop())
        log(limits[0].expired(), current_task().cancelling(), now())

    limits = []
    run(main())


@program('a timeout around a yield, when who asked does not survive it')
def _(log):
    async def limited():
        async with timeout(10):
            yield 1

    async def loop():
        async with aclosing(limited()) as g:
            async for n in g:
                await sleep(20)

    async def main():
        await outcome(log, 'loop', loop())
        log(current_task().cancelling(), now())

    run(main())


@program('a group around a yield cancels who asked')
def _(log):
    async def fail():
        await sleep(5)
        raise Boom

    async def grouped():
        async with TaskGroup() as group:
            group.create_task(fail())
            yield 1

    async def loop():
        async with aclosing(grouped()) as g:
            async for n in g:
                await outcome(log, 'sleep', sleep(20))
                break

    async def main():
        await ending(log, 'loop', loop())
        log(current_task().cancelling(), now())

    run(main())


@program('cancelled again while it is being closed')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            await outcome(log, 'first', sleep(10))
            await outcome(log, 'second', sleep(10))

    async def loop():
        async with aclosing(generator()) as g:
            async for n in g:
                log(n)
                await sleep(100)

    async def main():
        task = create_task(loop())
        await sleep(10)
        task.cancel()
        await sleep(5)
        task.cancel()
        await outcome(log, 'loop', task)
        log(now(), task.cancelling())

    run(main())


@program('who is cancelled in the closing may give it up')
def _(log):
    async def generator():
        try:
            yield 1
        finally:
            await sleep(10)
            log('never here')

    async def main():
        g = generator()
        await anext(g)
        task = create_task(close(log, g.aclose()))
        await sleep(5)
        task.cancel()
        await task
        await step(log, anext(g))
        await close(log, g.aclose())

    run(main())


@program('a CancelledError that is thrown into it by hand')
def _(log):
    async def main():
        g = guarded(log)
        await step(log, anext(g))
        await step(log, g.athrow(CancelledError('byhand')))
        await step(log, anext(g))
        log(current_task().cancelling())

    run(main())


@program('eager tasks ask at once')
def _(log):
    async def main():
        get_running_loop().set_task_factory(eager_task_factory)
        g = numbers(3)
        tasks = [create_task(step(log, anext(g))) for _ in range(3)]
        log([task.done() for task in tasks])
        slow = numbers(3, pause=1)
        tasks = [create_task(step(log, anext(slow))) for _ in range(2)]
        log([task.done() for task in tasks])
        await gather(*tasks)

    run(main())


@program('who asks in the body of a loop that asks')
def _(log):
    async def accumulate():
        total = 0
        while total < 20:
            total += (yield total) or 1

    async def main():
        g = accumulate()
        async for total in g:
            log(total)
            if total % 2 == 1:
                await step(log, g.asend(5))

    run(main())


@program('ten thousand items')
def _(log):
    async def main():
        total = 0
        async for n in numbers(10_000):
            total += n
        log(total, now())

    run(main())


@program('a yield in several managers')
def _(log):
    class Manager:
        def __init__(self, name):
            self.name = name

        async def __aenter__(self):
            log('enter', self.name)

        async def __aexit__(self, kind, error, traceback):
            await sleep(1)
            log('exit', self.name, error)

    async def generator():
        async with Manager('a'):
            yield 1
            async with Manager('b'):
                yield 2
                yield 3
            yield 4

    async def loop(last):
        async with aclosing(generator()) as g:
            async for n in g:
                log(n, now())
                if n == last:
                    break

    async def main():
        await loop(2)
        await loop(4)
        await loop(None)

    run(main())
