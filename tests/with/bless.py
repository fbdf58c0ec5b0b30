"""Writes golden.txt: what CPython 3.8 prints for program.py, with a manager that is a class.

    python3.8 tests/with/bless.py
"""
import contextlib
import io
import os

HERE = os.path.dirname(os.path.abspath(__file__))
log = []


class Manager:
    def __init__(self, name, swallow):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        return enter(self)

    def __exit__(self, *args):
        return leave(self, *args)


def enter(m):
    log.append('+' + m.name)
    if m.swallow == 'no entry':
        raise RuntimeError(m.name)
    return m.name


def leave(m, t, v, tb):
    log.append('-' + m.name)
    if t is not None:
        log.append((t.__name__, repr(v), type(v) is t, tb is v.__traceback__))
    if m.swallow == 'raise':
        raise LookupError(m.name)
    return m.swallow


with open(os.path.join(HERE, "program.py")) as f:
    code = compile(f.read(), "program.py", "exec")
out = io.StringIO()
with contextlib.redirect_stdout(out):
    exec(code, {"cm": lambda name, swallow=False: Manager(name, swallow), "log": log})
with open(os.path.join(HERE, "golden.txt"), "w") as f:
    f.write(out.getvalue())
