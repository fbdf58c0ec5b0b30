"""Makes the .pyc files of this folder's programs and what they print, with CPython itself.

    python3.8 tests/pyc/make.py PYTHON3.7 [NAME...]

For each NAME.py and both versions: NAME.37.pyc, NAME.37.golden (status, stdout, stderr of running the
.pyc) and NAME.37.dis (what `dis.dis` prints, addresses as 0xadd); the same with 38.
"""
import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
os.chdir(here)
versions = {'37': sys.argv[1], '38': sys.executable}
names = sys.argv[2:] or sorted(
    f[:-3] for f in os.listdir('.') if f.endswith('.py') and f not in ('make.py', 'check.py'))

COMPILE = '''
import py_compile, sys
py_compile.compile(sys.argv[1] + '.py', sys.argv[2], sys.argv[1] + '.py', True,
                   invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
'''
DIS = '''
import dis, marshal, sys
with open(sys.argv[1], 'rb') as f:
    f.read(16)
    dis.dis(marshal.load(f))
'''

for name in names:
    for v, python in versions.items():
        pyc = f'{name}.{v}.pyc'
        subprocess.run([python, '-c', COMPILE, name, pyc], check=True)
        r = subprocess.run([python, pyc], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with open(f'{name}.{v}.golden', 'w') as f:
            f.write(f'status {r.returncode}\n{r.stdout}--- stderr\n{r.stderr}')
        r = subprocess.run([python, '-c', DIS, pyc], stdout=subprocess.PIPE, text=True, check=True)
        with open(f'{name}.{v}.dis', 'w') as f:
            f.write(re.sub('0x[0-9a-f]{6,}', '0xadd', r.stdout))
