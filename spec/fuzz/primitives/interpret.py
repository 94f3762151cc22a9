"""Random tasks with a kit; the twin of interpret.ts."""
from primitives.world import WorldWithKit
from tasks.interpret import run_in


def run(program, trace):
    return run_in(WorldWithKit(program, trace))
