"""What a program does to a generator, logged the same in both languages."""

# The messages that are a promise. Others are worded on purpose for each language, and are not compared; a program's
# own are single words.
PROMISED = {
    'generator already executing',
    'generator ignored GeneratorExit',
    'generator raised StopIteration',
    'cannot reuse already awaited coroutine',
    'coroutine is being awaited already',
}


def step(log, action):
    """Log what next(), send() or throw() gives."""
    try:
        log('value', action())
    except StopIteration as stop:
        log('done', stop.value)
    except BaseException as error:
        log('raised', error, said(error))


def attempt(log, action):
    """Log what anything else gives: close(), or a line of a body."""
    try:
        log('returned', action())
    except BaseException as error:
        log('raised', error, said(error))


def said(error):
    """The message of an error, if it is to be compared."""
    message = str(error)
    return message if message in PROMISED or message.isalpha() else '-'


def frames(generator):
    """The names of a generator and of those that it delegates to, outermost first."""
    names = []
    while generator is not None and getattr(generator, 'gi_frame', generator) is not None:
        names.append(getattr(generator, '__name__', type(generator).__name__))
        generator = getattr(generator, 'gi_yieldfrom', None)
    return names


WAYS = ('next', 'send', 'throw', 'exit', 'close')


def enter(log, way, generator):
    """Enter a generator in one of the ways there are."""
    if way == 'next':
        step(log, lambda: next(generator))
    elif way == 'send':
        step(log, lambda: generator.send('sent'))
    elif way == 'throw':
        step(log, lambda: generator.throw(RuntimeError('thrown')))
    elif way == 'exit':
        step(log, lambda: generator.throw(GeneratorExit('thrown')))
    else:
        attempt(log, lambda: generator.close())
