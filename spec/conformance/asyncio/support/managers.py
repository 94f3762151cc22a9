"""Context managers for exit stacks; the twin of `managers.ts`."""


class Manager:
    """Logs how it is entered and left. It may swallow the error that it is told, or raise one itself."""

    def __init__(self, log, name, swallows=False, error=None):
        self.log, self.name, self.swallows, self.error = log, name, swallows, error

    async def __aenter__(self):
        self.log('enter', self.name)
        return self.name

    async def __aexit__(self, kind, error, traceback):
        self.log('exit', self.name, error)
        if self.error is not None:
            raise self.error
        return self.swallows
