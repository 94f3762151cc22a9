"""Runs the programs of a folder of conformance twins, and prints what their generators do, as JSON.

    python trace_programs.py FOLDER

Each generator is rewritten by `trace.py`, so that it tells of itself.
"""
import ast
import json
import sys
from pathlib import Path

import told
import trace

folder = Path(sys.argv[1])
sys.path[:0] = [str(folder.parent), str(folder / 'support')]
import runner  # noqa: E402

sys.modules['programs'] = runner


def programs(file):
    runner.PROGRAMS.clear()
    told.Life.file = str(file)
    tree = trace.RewriteCoroutines().visit(ast.parse(file.read_text(encoding='utf8'), str(file)))
    exec(compile(ast.fix_missing_locations(tree), str(file), 'exec'), {'__name__': file.stem, '_Life': told.Life})
    return list(runner.PROGRAMS)


def events(program):
    told.events.clear()
    told.Life.counts.clear()
    told.Life.delegating = None
    runner.run(program)
    return [[event['kind'], event['frame'], event['value']] for event in told.events]


found = {file.stem: {title: events(program) for title, program in programs(file)} for file in sorted(folder.glob('y*.py'))}
print('{\n' + ',\n'.join(f'{json.dumps(name)}: {{\n' + ',\n'.join(
    f'  {json.dumps(title)}: {json.dumps(told, separators=(",", ":"))}' for title, told in titles.items()) + '\n}' for name, titles in found.items()) + '\n}')
