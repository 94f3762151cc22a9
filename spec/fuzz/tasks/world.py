"""What can be done to the things of a program without waiting; the twin of world.ts."""
import asyncio
import contextvars

import errors
from tasks.ordered import OrderedSet, all_tasks
from tasks.things import Things, nth_last

ERRORS = {
    **errors.ERRORS, 'TimeoutError': TimeoutError, 'CancelledError': asyncio.CancelledError,
    'KeyboardInterrupt': KeyboardInterrupt,
}
CATCHES = {**errors.CATCHES, **ERRORS}

DEEPEST_LIST = 5  # the results of gathers of gathers of the same double with each level


class World:
    def __init__(self, program, trace, body):
        self.program = program
        self.trace = trace
        self.eager = program['eager']
        self.things = Things(program, trace, lambda statements: body(self, statements), self.make_other)
        self.loop = self.things.loop
        self.loop.set_exception_handler(self.report)
        self.variable = contextvars.ContextVar('variable', default='unset')
        self.shared = contextvars.Context()
        self.shared.run(self.variable.set, 'shared')
        self.callbacks = []
        self.registrations = []
        self.handles = []
        self.tokens = []
        self.timeouts = []
        self.named = 0

    def write(self, *words):
        """Log the time, whose turn it is, and the words."""
        self.trace.write(self.loop.time(), self.turn(), *map(self.plain, words))

    def turn(self):
        """The name of the task that runs."""
        try:
            task = asyncio.current_task()
        except RuntimeError:
            return 'host'
        return 'loop' if task is None else task.get_name()

    def plain(self, word, depth=0):
        """A task that begins at once is shown before there is time to tell the trace its name."""
        if isinstance(word, asyncio.Task):
            return word.get_name()
        if not isinstance(word, (list, tuple, OrderedSet)):
            return word
        return 'a list' if depth == DEEPEST_LIST else [self.plain(item, depth + 1) for item in word]

    def report(self, loop, context):
        """Be told what no task and no caller is told. Messages are worded for each language."""
        if 'never retrieved' in context['message']:
            return  # a task that was never there: it began at once, and raised a KeyboardInterrupt
        about = context.get('task') or context.get('future')
        self.write('report', sorted(key for key in context if key != 'message'), about, context.get('exception'),
                   self.variable.get())

    def operate(self, operation):
        """Do it, and log what comes of it."""
        op = operation['op']
        try:
            self.write(op, getattr(self, f'do_{op}')(operation))
        except BaseException as error:
            self.write(op, 'raises', error)
            if not operation['quiet'] or not isinstance(error, Exception):
                raise

    async def execute_other(self, statement):
        """`primitives/` knows more."""
        self.operate(statement)

    def make_other(self, thing):
        """So it does here."""
        raise NotImplementedError(thing)

    def do_task(self, operation):
        eager = self.eager or operation['start'] == 'eager'
        # To begin in a context in which something else is running is an error here.
        return self.loop.make_task(
            self.things.make(operation['call']), eager, **{} if eager else self.context(operation))

    def do_start(self, operation):
        return asyncio.ensure_future(self.things.make(operation['of']))

    def do_cancel(self, operation):
        future = self.things.to_cancel(operation['of'])
        return future.cancel(*[self.message()] if operation['message'] else [])

    def do_uncancel(self, operation):
        future = self.at(operation)
        return future.uncancel() if isinstance(future, asyncio.Task) else 'no task'

    def do_cancelling(self, operation):
        future = self.at(operation)
        return future.cancelling() if isinstance(future, asyncio.Task) else 'no task'

    def do_done(self, operation):
        return self.at(operation).done()

    def do_cancelled(self, operation):
        return self.at(operation).cancelled()

    def do_result(self, operation):
        return self.at(operation).result()

    def do_exception(self, operation):
        return self.at(operation).exception()

    def do_set_result(self, operation):
        self.things.to_set(operation['of']).set_result(operation['value'])
        return 'set'

    def do_set_exception(self, operation):
        self.things.to_set(operation['of']).set_exception(self.error(operation))
        return 'set'

    def do_add_done_callback(self, operation):
        callback = self.callback(operation['does'])
        self.callbacks.append(callback)
        return self.register(operation, callback, **self.context(operation))

    def do_add_again(self, operation):
        callback = nth_last(self.callbacks, operation['at'])
        return 'no callback' if callback is None else self.register(operation, callback)

    def do_remove_done_callback(self, operation):
        remove = nth_last(self.registrations, operation['at'])
        return 'no callback' if remove is None else remove()

    def do_call(self, operation):
        callback = self.callback(operation['does'])
        call = getattr(self.loop, f"call_{operation['when']}")
        when = [] if operation['when'] == 'soon' else [operation['ms']]
        self.handles.append(call(*when, callback, **self.context(operation)))
        return len(self.handles)

    def do_cancel_handle(self, operation):
        handle = nth_last(self.handles, operation['at'])
        if handle is None:
            return 'no handle'
        before = handle.cancelled()
        handle.cancel()
        return [before, handle.cancelled()]

    def do_reschedule(self, operation):
        scope = nth_last(self.timeouts, operation['at'])
        if scope is None:
            return 'no timeout'
        scope.reschedule(None if operation['ms'] is None else self.loop.time() + operation['ms'])
        return scope.when()

    def do_expired(self, operation):
        scope = nth_last(self.timeouts, operation['at'])
        return 'no timeout' if scope is None else [scope.when(), scope.expired()]

    def do_set_variable(self, operation):
        self.tokens.append(self.variable.set(operation['value']))
        return 'set'

    def do_reset_variable(self, operation):
        token = nth_last(self.tokens, operation['at'])
        if token is None:
            return 'no token'
        self.variable.reset(token)
        return 'reset'

    def do_get_variable(self, operation):
        return self.variable.get()

    def do_look(self, operation):
        return [asyncio.current_task(), all_tasks()]

    def do_stop(self, operation):
        self.loop.stop()
        return 'stopped'

    def do_raise(self, operation):
        raise self.error(operation)

    def at(self, operation):
        return self.things.at(operation['of'])

    def register(self, operation, callback, **context):
        future = self.at(operation)
        future.add_done_callback(callback, **context)
        self.registrations.append(lambda: [future, future.remove_done_callback(callback)])
        return future

    def callback(self, does):
        name = f'c{self.named}'
        self.named += 1

        def callback(*args):
            self.write(name, 'called', *args)
            for operation in does:
                if not self.trace.step():
                    return
                self.operate(operation)
        return callback

    def context(self, operation):
        """Not None where there is none: for add_done_callback() that is the context of whoever sets the result."""
        return {'context': self.shared} if operation['context'] == 'shared' else {}

    def error(self, operation):
        return ERRORS[operation['error']](self.message())

    def message(self):
        return f'e{self.trace.steps}'
