"""Runs a Python program and records what its generators do, one event a line, as JSON.

    python trace.py PROGRAM

CPython's own tracers never show a value that is sent. So the source is rewritten, as `yieldfrom trace` rewrites a
program of JavaScript: a call stands around each `yield`, and each generator says when it begins and when it ends.
"""
import ast
import builtins
import inspect
import json
import re
import sys

events = []
printing = print


def show(value):
    """A value in the words of JavaScript."""
    if value is None:
        return 'undefined'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value[:37]}...'" if len(value) > 40 else f"'{value}'"
    if isinstance(value, (list, tuple)):
        return '[' + ', '.join(map(show, value)) + ']'
    if isinstance(value, BaseException):
        name = type(value).__name__
        name = 'Error' if name == 'Exception' else name
        return f'{name}: {value}' if str(value) else name
    if inspect.isgenerator(value):
        return 'Generator'
    return getattr(value, '__name__', None) or (str(value) if isinstance(value, (int, float)) else type(value).__name__)


def camel(name):
    return re.sub('_(.)', lambda match: match[1].upper(), name)


def tell(kind, frame=None, parent=None, depth=0, value='', line=None):
    event = {'kind': kind, 'frame': frame, 'parent': parent, 'depth': depth, 'value': value}
    events.append(event if line is None else {**event, 'line': line})


def numbered(name):
    Life.counts[name] = count = Life.counts.get(name, 0) + 1
    return name if count == 1 else f'{name}#{count}'


class Life:
    """One generator, from its first `next()` to its end."""
    counts = {}
    delegating = None
    file = None

    def __init__(self, name, line):
        name = camel(name)
        self.frame = numbered(name)
        self.parent, self.depth = None, 0
        if Life.delegating is not None:
            self.parent, self.depth = Life.delegating.frame, Life.delegating.depth + 1
            Life.delegating = None
        self.state = 'runs'
        self.closing = self.over = False
        self.value = None
        self.tell('enter', line)

    def tell(self, kind, line, value=''):
        self.at = line
        tell(kind, self.frame, self.parent, self.depth, value, line)

    def yields(self, line, value=None):
        self.tell('yield', line, show(value))
        self.state = 'yields'
        return value

    def sent(self, line, value):
        self.state = 'runs'
        self.tell('send', line, show(value))
        return value

    def delegate(self, line, value):
        self.tell('delegate', line, camel(value.__name__) if inspect.isgenerator(value) else show(value))
        self.state = 'delegates'
        Life.delegating = self
        return value

    def awaits(self, line, value):
        """It awaits. A coroutine of the program is a delegate; anything else is a wait, which only the loop knows of."""
        if inspect.iscoroutine(value) and value.cr_code.co_filename == Life.file:
            self.tell('delegate', line, camel(value.__name__))
            Life.delegating = self
        self.at = line
        self.state = 'delegates'
        return value

    def result(self, line, value):
        Life.delegating = None
        self.state = 'runs'
        self.tell('result', line, show(value))
        return value

    def returns(self, line, value=None):
        self.value = value
        self.at = line
        return value

    def raises(self, line):
        self.at = line

    def interrupted(self, error):
        if self.state != 'runs':
            if isinstance(error, GeneratorExit):
                self.closing = True
                self.tell('close', self.at)
            else:
                self.tell('throw' if self.state == 'yields' else 'fail', self.at, show(error))
        Life.delegating = None
        self.state = 'runs'

    def caught(self, line, error):
        self.interrupted(error)
        self.tell('catch', line, show(error))

    def passes(self, error):
        self.interrupted(error)

    def final(self, line):
        self.tell('finally', line)

    def ends(self, error):
        self.interrupted(error)
        self.over = True
        if self.closing and isinstance(error, GeneratorExit):
            self.tell('return', self.at, 'undefined')
        else:
            self.tell('raise', self.at, show(error))

    def exit(self):
        if not self.over:
            self.tell('return', self.at, show(self.value))


class Rewrite(ast.NodeTransformer):
    """The functions that are generators tell of themselves. Others stay."""
    inside = False

    def visit_FunctionDef(self, node):
        is_generator = any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in own(node))
        before, self.inside = self.inside, is_generator
        node.body = [statement for child in node.body for statement in listed(self.visit(child))]
        self.inside = before
        return telling(node) if is_generator else node

    visit_AsyncFunctionDef = visit_Lambda = lambda self, node: node

    def visit_Yield(self, node):
        self.generic_visit(node)
        value = [node.value] if node.value else []
        return life('sent', node, ast.Yield(value=life('yields', node, *value)))

    def visit_YieldFrom(self, node):
        self.generic_visit(node)
        return life('result', node, ast.YieldFrom(value=life('delegate', node, node.value)))

    def visit_Return(self, node):
        self.generic_visit(node)
        if not self.inside:
            return node
        return ast.Return(value=life('returns', node, *([node.value] if node.value else [])))

    def visit_Raise(self, node):
        self.generic_visit(node)
        return [ast.Expr(value=life('raises', node)), node] if self.inside else node

    def visit_Try(self, node):
        if not self.inside:
            return self.generic_visit(node)
        line = node.finalbody[0].lineno - 1 if node.finalbody else None
        self.generic_visit(node)
        for handler in node.handlers:
            handler.name = handler.name or '_caught'
            handler.body.insert(0, ast.Expr(value=life('caught', handler, ast.Name(id=handler.name, ctx=ast.Load()))))
        if node.finalbody:
            inner = ast.Try(body=node.body, handlers=node.handlers, orelse=node.orelse, finalbody=[]) if node.handlers else None
            passing = parse('try: pass\nexcept BaseException as _passing:\n    _life.passes(_passing)\n    raise')[0]
            node.body, node.handlers, node.orelse = ([inner] if inner else node.body), passing.handlers, []
            node.finalbody.insert(0, parse(f'_life.final({line})')[0])
        return node


class RewriteCoroutines(Rewrite):
    """Coroutines tell of themselves, too. An `await` is a delegation."""

    def visit_AsyncFunctionDef(self, node):
        before, self.inside = self.inside, True
        node.body = [statement for child in node.body for statement in listed(self.visit(child))]
        self.inside = before
        return telling(node)

    def visit_Await(self, node):
        self.generic_visit(node)
        return life('result', node, ast.Await(value=life('awaits', node, node.value)))


def telling(node):
    """A function that says when it begins and when it ends."""
    start = parse(f'_life = _Life({node.name!r}, {node.lineno})')
    [whole] = parse('try: pass\nexcept BaseException as _error:\n    _life.ends(_error)\n    raise\nfinally: _life.exit()')
    whole.body = node.body
    node.body = [*start, whole]
    return node


def rewriter(tree):
    """Where Python has a statement for it, ours has generators of the library: then coroutines cannot be compared."""
    statements = (ast.AsyncWith, ast.AsyncFor)
    return Rewrite() if any(isinstance(node, statements) for node in ast.walk(tree)) else RewriteCoroutines()


def own(node):
    """The parts of a function that belong to no function within it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            yield child
            yield from own(child)


def listed(value):
    return value if isinstance(value, list) else [value]


def parse(text):
    return ast.parse(text).body


def life(method, node, *values):
    function = ast.Attribute(value=ast.Name(id='_life', ctx=ast.Load()), attr=method, ctx=ast.Load())
    return ast.Call(func=function, args=[ast.Constant(node.lineno), *values], keywords=[])


def output(*values, **options):
    text = options.get('sep', ' ').join(map(str, values))
    tell('output', value=text)
    printing(*values, **options, file=sys.stderr)


def main(file):
    with open(file, encoding='utf8') as source:
        tree = ast.parse(source.read(), file)
    tree = rewriter(tree).visit(tree)
    Life.file = file
    builtins.print = output
    exec(compile(ast.fix_missing_locations(tree), file, 'exec'), {'__name__': '__main__', '_Life': Life})
    told = events[:]
    builtins.print = printing
    for event in told:
        print(json.dumps(event, separators=(',', ':')))


if __name__ == '__main__':
    main(sys.argv[1])
