"""An exception group is several errors in one; it is split by a class or a function and keeps its nesting (PEP 654)."""
from errors import Bang, Boom
from groups import tree
from probes import attempt
from programs import program


class BigBoom(Boom):
    pass


def nested():
    innermost = ExceptionGroup('innermost', [Boom(), Bang()])
    return ExceptionGroup('outer', [Boom(), ExceptionGroup('inner', [Bang(), innermost]), Bang()])


def both(log, parts):
    """Log the two parts of a split()."""
    log(*(part and tree(part) for part in parts))


def text(group):
    return f'{type(group).__name__}: {group}'


def leaves(error):
    if isinstance(error, ExceptionGroup):
        for each in error.exceptions:
            yield from leaves(each)
    else:
        yield error


@program('it has a message, and its errors in order')
def _(log):
    errors = [Boom(), Bang()]
    group = ExceptionGroup('several', errors)
    log(group, group.message, group.exceptions, group.exceptions[0] is errors[0])
    log(isinstance(group, Exception), isinstance(group, ExceptionGroup))


@program('its text has the number of errors')
def _(log):
    log(text(ExceptionGroup('one', [Boom()])))
    log(text(ExceptionGroup('two', [Boom(), Bang()])))
    log(text(nested()))
    log(text(ExceptionGroup('', [Boom()])))


@program('it has at least one error')
def _(log):
    attempt(log, lambda: ExceptionGroup('none', []))


@program('it takes a sequence of errors')
def _(log):
    attempt(log, lambda: ExceptionGroup('no sequence', 7))
    attempt(log, lambda: ExceptionGroup('no sequence', Boom()))
    attempt(log, lambda: ExceptionGroup('no sequence', None))


@program('later changes of the list do not affect it')
def _(log):
    errors = [Boom()]
    group = ExceptionGroup('group', errors)
    errors.append(Bang())
    log(tree(group), len(group.exceptions))


@program('split() by a class gives what matches, and the rest')
def _(log):
    group = ExceptionGroup('group', [Boom(), Bang(), Boom()])
    both(log, group.split(Boom))
    both(log, group.split(Bang))
    both(log, group.split(Exception))
    both(log, group.split(RuntimeError))


@program('splitting keeps the nesting, without empty groups')
def _(log):
    both(log, nested().split(Boom))
    both(log, nested().split(Bang))


@program('an inner group may be left out on one side')
def _(log):
    group = ExceptionGroup('outer', [ExceptionGroup('booms', [Boom()]), ExceptionGroup('bangs', [Bang()])])
    both(log, group.split(Boom))
    both(log, group.split(Bang))


@program('the parts have the errors themselves, and whole groups that match')
def _(log):
    error, inner = Boom(), ExceptionGroup('inner', [Boom(), Boom()])
    group = ExceptionGroup('outer', [error, inner, Bang()])
    part, rest = group.split(Boom)
    log(part.exceptions[0] is error, tree(part.exceptions[1]), part is group, rest.exceptions[0] is group.exceptions[2])
    part, rest = group.split(ExceptionGroup)
    log(part is group, rest)


@program('if the condition is true of the group, the part is the group itself')
def _(log):
    group = nested()
    for condition in (ExceptionGroup, Exception, lambda error: True):
        part, rest = group.split(condition)
        log(part is group, rest, group.subgroup(condition) is group)


@program('if all errors match one by one, the part is a new group')
def _(log):
    group = ExceptionGroup('group', [Boom(), Boom()])
    part, rest = group.split(Boom)
    log(part is group, tree(part), rest, group.subgroup(Boom) is group)
    part, rest = group.split(Bang)
    log(part, rest is group, tree(rest))


@program('a class matches its subclasses')
def _(log):
    group = ExceptionGroup('group', [BigBoom(), Boom(), Bang()])
    both(log, group.split(Boom))
    both(log, group.split(BigBoom))


@program('several classes match what one of them matches')
def _(log):
    group = ExceptionGroup('group', [Boom(), Bang(), RuntimeError(), ExceptionGroup('inner', [Bang(), RuntimeError()])])
    both(log, group.split((Boom, Bang)))
    both(log, group.split((RuntimeError,)))
    both(log, group.split(()))


@program('a function is called with each group before its errors')
def _(log):
    def condition(error):
        log('asked of', tree(error))
        return isinstance(error, Boom)

    both(log, nested().split(condition))


@program('a function may accept an inner group as a whole')
def _(log):
    def condition(error):
        return isinstance(error, ExceptionGroup) and error.message == 'inner'

    group = nested()
    part, rest = group.split(condition)
    both(log, [part, rest])
    log(part.exceptions[0] is group.exceptions[1])


@program('an error of the function comes out')
def _(log):
    def condition(error):
        raise Bang

    attempt(log, lambda: nested().split(condition))
    attempt(log, lambda: nested().subgroup(condition))


@program('subgroup() is the first part of split()')
def _(log):
    group = nested()
    for condition in (Boom, Bang, RuntimeError, (Boom, Bang), lambda error: isinstance(error, Bang)):
        part = group.subgroup(condition)
        log(part and tree(part))


@program('a condition is a class, several classes, or a function')
def _(log):
    for wrong in (7, 'Boom', None, (Boom, 7)):
        attempt(log, lambda: nested().split(wrong))
        attempt(log, lambda: nested().subgroup(wrong))


@program('derive() makes a group with other errors and the same message')
def _(log):
    group = ExceptionGroup('group', [Boom()])
    derived = group.derive([Bang(), Boom()])
    log(tree(derived), derived is group, tree(group))


@program('a subclass that overrides derive() keeps its class in the parts')
def _(log):
    class Plain(ExceptionGroup):
        pass

    class Coded(ExceptionGroup):
        def __new__(cls, message, errors, number):
            self = super().__new__(cls, message, errors)
            self.number = number
            return self

        def derive(self, errors):
            log('derive', errors)
            return Coded(self.message, errors, self.number)

    part, rest = Plain('plain', [Boom(), Bang()]).split(Boom)
    log(part, rest)
    part, rest = Coded('coded', [Boom(), Bang()], 7).split(Boom)
    log(part, part.number, tree(part), rest, rest.number, tree(rest))


@program('derive() is called on each group separately')
def _(log):
    class Named(ExceptionGroup):
        def derive(self, errors):
            log(self.message, 'derives', errors)
            return Named(self.message, errors)

    group = Named('outer', [Named('inner', [Boom(), Bang()]), Bang()])
    part, rest = group.split(Boom)
    both(log, [part, rest])


@program('the parts have the cause of the whole')
def _(log):
    cause = Boom('cause')
    try:
        raise nested() from cause
    except ExceptionGroup as group:
        part, rest = group.split(Boom)
        log(part.__cause__ is cause, rest.__cause__ is cause, group.derive([Boom()]).__cause__)


@program('an error may be in several groups, and several times in one')
def _(log):
    error = Boom()
    inner = ExceptionGroup('inner', [error])
    group = ExceptionGroup('outer', [error, inner, error, inner])
    log(tree(group), group.exceptions[0] is group.exceptions[2], group.exceptions[1] is group.exceptions[3])
    both(log, group.split(lambda each: each is error))


@program('deep nesting is kept')
def _(log):
    group = ExceptionGroup('0', [Boom(), Bang()])
    for depth in range(1, 20):
        group = ExceptionGroup(str(depth), [group])
    both(log, group.split(Boom))


@program('handled part by part, the rest is raised again')
def _(log):
    def handle(group):
        booms, rest = group.split(Boom)
        if booms is not None:
            log('booms', tree(booms))
        if rest is not None:
            raise rest

    attempt(log, lambda: handle(ExceptionGroup('group', [Boom()])))
    attempt(log, lambda: handle(nested()))
    try:
        handle(nested())
    except ExceptionGroup as error:
        log(tree(error))


@program('the leaves of both parts are the leaves of the whole')
def _(log):
    group = nested()
    part, rest = group.split(Bang)
    log(len(list(leaves(part))), len(list(leaves(rest))), len(list(leaves(group))))
    both = set(leaves(part)) | set(leaves(rest))
    log(all(error in both for error in leaves(group)))
