"""Errors of the programs' own; the twin of `errors.ts`."""


class Boom(Exception):
    pass


class Bang(Exception):
    pass


class Crash(Exception):
    pass
