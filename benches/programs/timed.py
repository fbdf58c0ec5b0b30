"""Runs a program's work: `PROGRAM [N] [ROUNDS]`, or `PROGRAM [NAME] [N] [ROUNDS]` where it has several.

What was computed goes to stdout. With ROUNDS the work is done as often, and stderr gets a line a round:
processor time and wall time in milliseconds.
"""
import sys
import time


def run(name, work, n, args):
    if args:
        n = int(args[0])
    result = None
    for i in range(int(args[1]) if len(args) > 1 else 1):
        cpu, wall = time.process_time(), time.perf_counter()
        again = work(n)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        if len(args) > 1:
            print(f'round {cpu * 1000:.3f} {wall * 1000:.3f}', file=sys.stderr)
        if i and again != result:
            raise SystemExit(f'{name}: round {i} gave {again}, not {result}')
        result = again
    print(f'{name}({n}) = {result}')


def main(name, work, n):
    run(name, work, n, sys.argv[1:])


def choose(program, works):
    """One of several by its name; without a name each in turn."""
    if len(sys.argv) > 1 and not sys.argv[1].isdigit():
        name = sys.argv[1]
        if name not in works:
            raise SystemExit(f'{program}: no {name!r} among {", ".join(works)}')
        run(f'{program}.{name}', *works[name], sys.argv[2:])
    else:
        for name, (work, n) in works.items():
            run(f'{program}.{name}', work, n, sys.argv[1:])
