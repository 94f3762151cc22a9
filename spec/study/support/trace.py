"""Runs a Python program and records what its generators do, one event a line, as JSON.

    python trace.py PROGRAM

CPython's own tracers never show a value that is sent. So the source is rewritten, as `yieldfrom trace` rewrites a
program of JavaScript: a call stands around each `yield`, and each generator says when it begins and when it ends.
"""
import ast
import builtins
import importlib
import json
import sys

from told import Life, events, tell

printing = print


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
    """Coroutines and asynchronous generators tell of themselves, too. An `await` is a delegation."""
    emits = False

    def visit_AsyncFunctionDef(self, node):
        before = self.inside, self.emits
        self.inside, self.emits = True, any(isinstance(part, ast.Yield) for part in own(node))
        node.body = [statement for child in node.body for statement in listed(self.visit(child))]
        self.inside, self.emits = before
        return telling(node)

    def visit_Await(self, node):
        self.generic_visit(node)
        return life('result', node, ast.Await(value=life('awaits', node, node.value)))

    def visit_Yield(self, node):
        if not self.emits:
            return super().visit_Yield(node)
        self.generic_visit(node)
        return life('result', node, ast.Yield(value=life('emits', node, *([node.value] if node.value else []))))

    def visit_AsyncWith(self, node):
        self.generic_visit(node)
        return [ast.Expr(value=life('opens', node)), node, ast.Expr(value=life('closed', node))]

    def visit_AsyncFor(self, node):
        self.generic_visit(node)
        node.iter = life('loops', node, node.iter)
        return node


class RewriteGreenlets(Rewrite):
    """The functions that are greenlets tell of themselves, and each `switch()` tells who calls it."""

    def visit_FunctionDef(self, node):
        if [getattr(decorator, 'id', None) for decorator in node.decorator_list] != ['greenlet']:
            return super().visit_FunctionDef(node)
        before, self.inside = self.inside, True
        node.body = [statement for child in node.body for statement in listed(self.visit(child))]
        self.inside = before
        return telling(node)

    def visit_Call(self, node):
        self.generic_visit(node)
        if getattr(node.func, 'attr', None) != 'switch':
            return node
        asker = ast.Name(id='_life', ctx=ast.Load()) if self.inside else ast.Constant(None)
        return ast.Call(func=ast.Name(id='_switch', ctx=ast.Load()), args=[asker, ast.Constant(node.lineno), node.func.value, *node.args], keywords=[])


def telling(node):
    """A function that says when it begins and when it ends."""
    start = parse(f'_life = _Life({node.name!r}, {node.lineno})')
    [whole] = parse('try: pass\nexcept BaseException as _error:\n    _life.ends(_error)\n    raise\nfinally: _life.exit()')
    whole.body = [*node.body, ast.Expr(value=life('returns', node))]
    whole.body[-1].value.args[0] = ast.Constant(node.end_lineno)
    node.body = [*start, whole]
    return node


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


TOLD = {'asyncio': ('told_loop', RewriteCoroutines), 'greenlet': ('told_greenlets', RewriteGreenlets)}
"""Who tells of a library, and how the program is rewritten for it."""


def imported(tree):
    """The modules that a program imports."""
    for part in ast.walk(tree):
        if isinstance(part, ast.ImportFrom):
            yield part.module
        elif isinstance(part, ast.Import):
            yield from (name.name for name in part.names)


def main(file):
    with open(file, encoding='utf8') as source:
        tree = ast.parse(source.read(), file)
    names = {'__name__': '__main__', '_Life': Life}
    rewrite = Rewrite
    for library in TOLD.keys() & set(imported(tree)):
        teller, rewrite = TOLD[library]
        importlib.import_module(teller).begin(names)
    tree = rewrite().visit(tree)
    Life.file = file
    builtins.print = output
    exec(compile(ast.fix_missing_locations(tree), file, 'exec'), names)
    told = events[:]
    builtins.print = printing
    for event in told:
        print(json.dumps(event, separators=(',', ':')))


if __name__ == '__main__':
    main(sys.argv[1])
