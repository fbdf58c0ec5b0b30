"""Writes NAME.golden beside each NAME.py of this folder: every co_* field, recursively.
And NAME.dis: what dis.dis prints, addresses replaced by 0xadd.

Run it with CPython 3.8: python3.8 tests/bytecode/make_goldens.py [file.py ...]
With --sweep OUT it does the same for the files named on standard input, into OUT/N.golden; OUT/N.units
has the numbers of the code objects (in the order of their "code" lines) that are functions or
lambdas with neither yield, await, with, class nor a generator expression inside.
The form is the one `dump` of tests/bytecode.rs prints.
"""
import ast
import contextlib
import dis
import io
import os
import re
import struct
import subprocess
import sys
import types


def text(s):
    out = []
    for c in s:
        if ' ' <= c <= '~' and c not in '\\"':
            out.append(c)
        else:
            out.append('\\{%x}' % ord(c))
    return '"' + ''.join(out) + '"'


def bits(f):
    return '%016x' % struct.unpack('<Q', struct.pack('<d', f))[0]


def const(c, out, pad):
    t = type(c)
    if c is None or c is Ellipsis or t is bool:
        out.append('%s%s' % (pad, c))
    elif t is int:
        out.append('%sint %x' % (pad, c))
    elif t is float:
        out.append('%sfloat %s' % (pad, 'nan' if c != c else bits(c)))
    elif t is complex:
        out.append('%scomplex %s %s' % (pad, bits(c.real), bits(c.imag)))
    elif t is str:
        out.append('%sstr %s' % (pad, text(c)))
    elif t is bytes:
        out.append('%sbytes %s' % (pad, c.hex()))
    elif t is tuple:
        out.append('%stuple %d' % (pad, len(c)))
        for x in c:
            const(x, out, pad + '  ')
    elif t is frozenset:
        out.append('%sfrozenset %d' % (pad, len(c)))
        inner = []
        for x in c:
            one = []
            const(x, one, pad + '  ')
            inner.append('\n'.join(one))
        out.extend(sorted(inner))
    elif t is types.CodeType:
        code(c, out, pad)
    else:
        raise TypeError(t)


FIELDS = ('argcount posonlyargcount kwonlyargcount nlocals stacksize flags '
          'firstlineno').split()


def code(c, out, pad):
    out.append('%scode %s' % (pad, text(c.co_name)))
    pad += '  '
    out.append('%sfilename %s' % (pad, text(c.co_filename)))
    for f in FIELDS:
        out.append('%s%s %d' % (pad, f, getattr(c, 'co_' + f)))
    for f in ('names', 'varnames', 'freevars', 'cellvars'):
        names = ' '.join(text(n) for n in getattr(c, 'co_' + f))
        out.append(('%s%s %s' % (pad, f, names)).rstrip())
    out.append('%slnotab %s' % (pad, c.co_lnotab.hex()))
    out.append('%sbytes %s' % (pad, c.co_code.hex()))
    out.append('%sconsts %d' % (pad, len(c.co_consts)))
    for x in c.co_consts:
        const(x, out, pad + '  ')


def mode(name):
    """The mode of compile() is the start of the file's name, if it is one."""
    first = name.split('_')[0]
    return first if first in ('single', 'eval') else 'exec'


def dump(path, name):
    with open(path, 'rb') as f:
        source = f.read()
    out = []
    code(compile(source, name, mode(name), dont_inherit=True), out, '')
    return '\n'.join(out) + '\n'


def listing(path, name):
    with open(path, 'rb') as f:
        source = f.read()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        dis.dis(compile(source, name, mode(name), dont_inherit=True))
    return re.sub(r'(<code object \S+ at) 0x[0-9a-f]+,', r'\1 0xadd,', out.getvalue())


def errors(folder):
    """NAME.err: what CPython prints for each wrong program of the folder."""
    for name in sorted(os.listdir(folder)):
        if name.endswith('.py'):
            p = subprocess.run([sys.executable, name], cwd=folder, stderr=subprocess.PIPE)
            with open(os.path.join(folder, name[:-3] + '.err'), 'wb') as f:
                f.write(p.stderr)


APART = (ast.Yield, ast.YieldFrom, ast.Await, ast.With, ast.AsyncWith, ast.AsyncFor,
         ast.AsyncFunctionDef, ast.ClassDef, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def units(source, golden):
    """Numbers of the code objects that are plain functions, methods or lambdas.

    Code objects and nodes are brought together by name and first line: where several share
    both, all of them have to be plain."""
    plain = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS):
            name = getattr(node, 'name', '<lambda>')
            decorators = getattr(node, 'decorator_list', [])
            # Names are mangled in classes: the golden's name may have a class before it.
            line = min([node.lineno] + [d.lineno for d in decorators])
            good = not any(isinstance(n, APART) for n in ast.walk(node))
            plain[name, line] = plain.get((name, line), True) and good
    out = []
    lines = golden.splitlines()
    heads = [i for i, l in enumerate(lines) if re.match(r' *code "', l)]
    for n, i in enumerate(heads):
        name = re.match(r' *code "(.*)"', lines[i]).group(1)
        line = next(int(l.split()[1]) for l in lines[i:] if l.lstrip().startswith('firstlineno '))
        if plain.get((name, line)):
            out.append(n)
    return out


def main(args):
    sys.setrecursionlimit(10000)
    import warnings
    warnings.simplefilter('ignore')
    if args[:1] == ['--sweep']:
        for n, path in enumerate(sys.stdin.read().splitlines()):
            try:
                d = dump(path, 'sweep.py')
            except SyntaxError as e:
                d = 'SyntaxError %s line %s\n' % (e.msg, e.lineno)
            except (UnicodeDecodeError, ValueError, RecursionError, MemoryError):
                continue
            with open(os.path.join(args[1], '%d.golden' % n), 'w') as f:
                f.write(d)
            if not d.startswith('SyntaxError '):
                with open(path, 'rb') as f:
                    numbers = units(f.read(), d)
                with open(os.path.join(args[1], '%d.units' % n), 'w') as f:
                    f.write(' '.join(map(str, numbers)))
        return
    here = os.path.dirname(os.path.abspath(__file__))
    files = args or sorted(
        os.path.join(here, f) for f in os.listdir(here)
        if f.endswith('.py') and f not in ('make_goldens.py', 'generate.py'))
    for path in files:
        with open(path[:-3] + '.golden', 'w') as f:
            f.write(dump(path, os.path.basename(path)))
        with open(path[:-3] + '.dis', 'w', encoding='utf-8') as f:
            f.write(listing(path, os.path.basename(path)))
    if not args:
        errors(os.path.join(here, 'errors'))


main(sys.argv[1:])
