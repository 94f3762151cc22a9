"""R4: An error of a callback goes to the exception handler and does not stop the loop. KeyboardInterrupt does. A
handler may fail itself.
"""
import asyncio
from contextvars import ContextVar, copy_context

from probes import attempt, turn
from programs import program
from virtual import VirtualLoop, new_loop


class Loop(VirtualLoop):
    """Logs what comes to the default handler."""

    def __init__(self, log):
        super().__init__()
        self.log = log

    def default_exception_handler(self, context):
        self.log('default handler:', context.get('exception'))


def fail():
    raise ValueError('mine')


@program('the handler gets the message, the error and the handle')
def _(log):
    loop = new_loop()

    def handler(the_loop, context):
        log(the_loop is loop, sorted(context), context['exception'], context['handle'] is handle)
        log(context['message'].startswith('Exception in callback '))

    loop.set_exception_handler(handler)
    handle = loop.call_soon(fail)
    turn(loop)
    loop.close()


@program('the error of a callback does not keep others from running')
def _(log):
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('handler', context['exception']))
    loop.call_soon(log, 'before')
    loop.call_soon(fail)
    loop.call_soon(log, 'after')
    loop.call_later(1, fail)
    loop.call_later(1, log, 'timer')
    loop.call_later(2, loop.stop)
    loop.run_forever()
    loop.close()


@program('the error is the one that was raised')
def _(log):
    loop = new_loop()
    mine = ValueError('mine')

    def callback():
        raise mine

    loop.set_exception_handler(lambda loop, context: log(context['exception'] is mine))
    loop.call_soon(callback)
    turn(loop)
    loop.close()


@program('a loop without its own handler uses the default one')
def _(log):
    loop = Loop(log)
    log(loop.get_exception_handler())
    loop.call_soon(fail)
    turn(loop)
    loop.close()


@program('a handler can be set, read and removed')
def _(log):
    loop = Loop(log)

    def handler(loop, context):
        log('own handler')

    loop.set_exception_handler(handler)
    log(loop.get_exception_handler() is handler)
    loop.call_soon(fail)
    turn(loop)
    loop.set_exception_handler(None)
    log(loop.get_exception_handler())
    loop.call_soon(fail)
    turn(loop)
    loop.close()


@program('a handler must be a function')
def _(log):
    loop = new_loop()
    attempt(log, lambda: loop.set_exception_handler('no function'))
    attempt(log, lambda: loop.set_exception_handler({}))
    log(loop.get_exception_handler())
    loop.close()


@program('when a handler fails, the default one gets its error')
def _(log):
    class Failing(VirtualLoop):
        def default_exception_handler(self, context):
            log(context['message'], context['exception'], sorted(context))

    def handler(loop, context):
        log('handler', context['exception'])
        raise AttributeError('in the handler')

    loop = Failing()
    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.call_soon(log, 'goes on')
    turn(loop)
    loop.close()


@program('the report of a failing handler contains the original report')
def _(log):
    class Failing(VirtualLoop):
        def default_exception_handler(self, context):
            log(context['context']['exception'])

    loop = Failing()
    loop.set_exception_handler(lambda loop, context: loop.nothing())
    loop.call_soon(fail)
    turn(loop)
    loop.close()


@program('a default handler that fails does not end the loop')
def _(log):
    class Failing(VirtualLoop):
        def default_exception_handler(self, context):
            log('default handler')
            raise AttributeError('in the default handler')

    import logging
    logging.getLogger('asyncio').disabled = True
    loop = Failing()
    loop.call_soon(fail)
    loop.call_soon(log, 'goes on')
    attempt(log, lambda: turn(loop))
    loop.close()


@program('when both handlers fail, the loop goes on')
def _(log):
    class Failing(VirtualLoop):
        def default_exception_handler(self, context):
            log('default handler')
            raise AttributeError('in the default handler')

    def handler(loop, context):
        log('handler')
        raise AttributeError('in the handler')

    import logging
    logging.getLogger('asyncio').disabled = True
    loop = Failing()
    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.call_soon(log, 'goes on')
    attempt(log, lambda: turn(loop))
    loop.close()


@program('KeyboardInterrupt of a handler leaves the loop')
def _(log):
    def handler(loop, context):
        log('handler')
        raise KeyboardInterrupt

    loop = new_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.call_soon(log, 'next run')
    attempt(log, lambda: turn(loop))
    turn(loop)
    loop.close()


@program('errors such as CancelledError and GeneratorExit go to the handler when a callback raises them')
def _(log):
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('handler', context['exception']))
    for error in (asyncio.CancelledError, GeneratorExit, StopIteration, asyncio.InvalidStateError):
        def callback(error=error):
            raise error
        loop.call_soon(callback)
    turn(loop)
    loop.close()


@program('a handler may schedule, stop the loop, and set another handler')
def _(log):
    def first(loop, context):
        log('first handler')
        loop.set_exception_handler(lambda loop, context: log('second handler'))
        loop.call_soon(fail)
        loop.call_soon(loop.stop)

    loop = new_loop()
    loop.set_exception_handler(first)
    loop.call_soon(fail)
    loop.run_forever()
    log('stopped')
    loop.close()


@program('programs may report too, with keys of their own')
def _(log):
    loop = new_loop()
    loop.set_exception_handler(
        lambda loop, context: log(context['message'], context.get('exception'), context.get('colour')))
    loop.call_exception_handler({'message': 'mine', 'colour': 'red'})
    loop.call_exception_handler({'message': 'mine', 'exception': ValueError('mine')})
    loop.call_soon(loop.call_exception_handler, {'message': 'in a callback'})
    turn(loop)
    loop.close()


@program('a handler may pass a report on to the default one')
def _(log):
    def handler(loop, context):
        log('handler')
        loop.default_exception_handler(context)

    loop = Loop(log)
    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    turn(loop)
    loop.close()


@program('a handler sees the context variables of the callback that failed')
def _(log):
    variable = ContextVar('variable', default='none')

    def callback():
        variable.set('set by the callback')
        raise ValueError('mine')

    def body():
        variable.set('set before')
        loop.call_soon(fail)
        loop.call_soon(callback)

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('handler sees', variable.get()))
    copy_context().run(body)
    turn(loop)
    loop.close()


@program('a handler sees the context variables of the task that a report is about')
def _(log):
    variable = ContextVar('variable', default='none')

    async def main():
        variable.set('set by the task')

    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('handler sees', variable.get()))
    task = loop.create_task(main())
    loop.run_until_complete(task)
    loop.call_exception_handler({'message': 'mine', 'task': task})
    loop.call_exception_handler({'message': 'mine', 'future': task})
    loop.call_exception_handler({'message': 'mine'})
    loop.close()


@program('the error of one done callback does not keep the others from being called')
def _(log):
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log('handler', context['exception'], sorted(context)))
    future = loop.create_future()
    future.add_done_callback(lambda future: log('first'))
    future.add_done_callback(lambda future: fail())
    future.add_done_callback(lambda future: log('last'))
    future.set_result(None)
    turn(loop)
    log(future.result())
    loop.close()
