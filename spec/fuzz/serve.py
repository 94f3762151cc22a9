"""Runs random programs and prints what they logged.

    python serve.py SUITE

On stdin there is a JSON array of programs, on stdout an array of the lines of each. The folder SUITE has an
`interpret.py` with `run(program, trace)`.
"""
import importlib
import json
import os
import sys

from trace_log import Trace


def main(suite):
    run = importlib.import_module(f'{suite}.interpret').run
    worlds = []  # what a program leaves behind is never collected: to collect a generator or a greenlet is to end it
    traces = []
    for program in json.load(sys.stdin):
        trace = Trace()
        worlds.append(run(program, trace))
        traces.append(trace.lines)
    json.dump(traces, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # without ending them now


if __name__ == '__main__':
    main(sys.argv[1])
