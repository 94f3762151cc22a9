"""A loop that logs what it reports; the twin of `reporting.ts`."""
import gc

from virtual import new_loop


def run_reporting(log, main):
    """Run a coroutine, and log what the exception handler is told until the loop is closed."""
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: log(context['message'], context['exception']))
    loop.run_until_complete(main)
    gc.collect()
    loop.close()
