"""Writes what CPython makes of each listing of this folder.

Run it with CPython 3.8: python3.8 tests/seeds/bless.py
NAME.py gives NAME.out (what it prints) and NAME.dis (what dis prints of it); NAME.session, lines
typed at the prompt, gives NAME.transcript (prompts and answers as they appear). Addresses become 0xadd.
"""
import contextlib
import dis
import io
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def plain(text):
    return re.sub(r'\bat 0x[0-9a-f]+', 'at 0xadd', text)


def run(args, stdin=None):
    env = dict(os.environ, PYTHONIOENCODING='utf-8', PYTHONDONTWRITEBYTECODE='1')
    p = subprocess.run([sys.executable, '-u', *args], cwd=HERE, input=stdin, env=env,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return plain(p.stdout.decode('utf-8'))


def write(name, text):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as f:
        f.write(text)


for name in sorted(os.listdir(HERE)):
    stem, ext = os.path.splitext(name)
    path = os.path.join(HERE, name)
    if ext == '.py' and name != 'bless.py':
        write(stem + '.out', run([name]))
        out = io.StringIO()
        with open(path, encoding='utf-8') as f, contextlib.redirect_stdout(out):
            dis.dis(compile(f.read(), name, 'exec', dont_inherit=True))
        write(stem + '.dis', plain(out.getvalue()))
    elif ext == '.session':
        with open(path, 'rb') as f:
            write(stem + '.transcript', run(['-i', '-q'], f.read()))
