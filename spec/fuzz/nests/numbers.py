"""The numbers of the statements of a program; the twin of numbers.ts."""


def numbered(program):
    """The statements and what else has an `op`, in the order in which they stand, by their id."""
    numbers = {}

    def visit(value):
        if isinstance(value, dict):
            if 'op' in value:
                numbers[id(value)] = len(numbers)
            for part in value.values():
                visit(part)
        elif isinstance(value, list):
            for part in value:
                visit(part)

    visit(program)
    return numbers


def nth_last(items, index):
    """One that is chosen by a number, from the end."""
    return items[-1 - index % len(items)] if items else None
