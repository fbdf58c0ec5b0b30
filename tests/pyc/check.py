"""CPython's part of tests/pyc.rs.

    --library DIR   compiles each file of the standard library (its folder `test` left out) to a .pyc in DIR; prints both names
    --equal LIST    each line names two .pyc files: are their code objects equal, part by part?
    --run DIR       DIR holds .pyc files of tests/lang's programs: equal to what CPython makes of the source, and the same
                    output when run? (A .pyc loses an identity or two that the source has.)
"""
import importlib.util
import marshal
import os
import py_compile
import re
import subprocess
import sys

FIELDS = [f for f in dir(compile('', '', 'exec')) if f.startswith('co_') and f != 'co_consts']


def difference(a, b, where):
    """Where two constants differ, by type and value."""
    if type(a) is not type(b):
        return f'{where}: {type(a)} and {type(b)}'
    if isinstance(a, type(compile('', '', 'exec'))):
        where += '.' + a.co_name
        for f in FIELDS:
            if getattr(a, f) != getattr(b, f):
                return f'{where}.{f}: {getattr(a, f)!r} and {getattr(b, f)!r}'
        return difference(a.co_consts, b.co_consts, where)
    if isinstance(a, tuple):
        if len(a) != len(b):
            return f'{where}: {len(a)} and {len(b)} constants'
        return next(filter(None, (difference(x, y, where) for x, y in zip(a, b))), None)
    if isinstance(a, frozenset):
        x, y = sorted(map(repr, a)), sorted(map(repr, b))
    else:
        # -0.0, and the sign of each part of a complex number.
        x, y = repr(a), repr(b)
    return None if x == y else f'{where}: {x} and {y}'


def load(name):
    with open(name, 'rb') as f:
        assert f.read(4) == importlib.util.MAGIC_NUMBER, name
        f.read(12)
        return marshal.load(f)


def library(out):
    lib = os.path.dirname(os.__file__)
    n = 0
    for folder, folders, files in os.walk(lib):
        folders[:] = sorted(f for f in folders if f not in ('site-packages', '__pycache__', 'test', 'tests'))
        for f in sorted(files):
            if f.endswith('.py'):
                source, pyc = os.path.join(folder, f), os.path.join(out, f'{n}.pyc')
                n += 1
                try:
                    py_compile.compile(source, pyc, source, True)
                except py_compile.PyCompileError:
                    continue
                print(source, pyc, sep='\t')


def equal(name):
    n = 0
    with open(name) as f:
        for line in f:
            a, b = line.rstrip('\n').split('\t')
            bad = difference(load(a), load(b), a)
            if bad:
                sys.exit(bad)
            n += 1
    print(f'{n} files equal in CPython')


def outcome(file):
    r = subprocess.run([sys.executable, file], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, env={'PYTHONHASHSEED': '0', 'PYTHONDONTWRITEBYTECODE': '1'})
    return r.returncode, re.sub(b'0x[0-9a-f]{6,}', b'0x', r.stdout)


def run(folder):
    n = 0
    for f in sorted(f for f in os.listdir(folder) if f.endswith('.pyc')):
        name = f[:-4]
        source = f'tests/lang/{name}.py'
        theirs = os.path.join(folder, name + '.theirs')
        py_compile.compile(source, theirs, source, True)
        bad = difference(load(os.path.join(folder, f)), load(theirs), name)
        if bad:
            sys.exit(bad)
        got, want = outcome(os.path.join(folder, f)), outcome(theirs)
        if got != want:
            sys.exit(f'{name}: {got} instead of {want}')
        n += 1
    print(f'{n} programs compiled here run in CPython and print the same')


{'--library': library, '--equal': equal, '--run': run}[sys.argv[1]](sys.argv[2])
