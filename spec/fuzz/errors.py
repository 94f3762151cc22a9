"""The errors that random programs raise; the twin of errors.ts."""


class Boom(Exception):
    pass


class Finished(StopIteration):
    pass


class Leave(GeneratorExit):
    pass


ERRORS = {cls.__name__: cls for cls in (ValueError, Boom, RuntimeError, StopIteration, Finished, GeneratorExit, Leave)}

# What stands behind `except`, besides those.
CATCHES = {'nothing': (), 'everything': BaseException, 'Exception': Exception, **ERRORS}
