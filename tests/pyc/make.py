"""Makes the .pyc files of this folder's programs and what they print, with CPython itself.

    python3.8 tests/pyc/make.py PYTHON3.7 [NAME...]
    python3.8 tests/pyc/make.py PYTHON3.7 --corpus

For each NAME.py and both versions: NAME.37.pyc, NAME.37.golden (status, stdout, stderr of running the
.pyc) and NAME.37.dis (what `dis.dis` prints, addresses as 0xadd); the same with 38.
With --corpus: some programs of tests/lang as .pyc files in corpus/, to be mutated.
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
import os, py_compile, sys
py_compile.compile(sys.argv[1] + '.py', sys.argv[2], os.path.basename(sys.argv[1]) + '.py', True,
                   invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
'''
DIS = '''
import dis, marshal, sys
with open(sys.argv[1], 'rb') as f:
    f.read(16)
    dis.dis(marshal.load(f))
'''

CORPUS = """arith_mixed assign_forms bool_ops closures compare_chain dict_ops except_name except_select exc_objects
    finally_hot finally_overrides finally_returns_back for_else fstring_nested func_defaults func_kwargs gc_garbage
    global_store hot_calls hot_exc hot_nested hot_osr hot_types inplace lambda_forms list_ops nonlocal_deep overflow_48
    raise_forms scopes call_forms comp_list del_forms eval_order_all params_all_kinds stop_iteration str_methods try_matrix unbound unpack_display while_else""".split()
if names == ['--corpus']:
    os.makedirs('corpus', exist_ok=True)
    for name in CORPUS:
        if not os.path.exists(f'../lang/{name}.py'):
            print('no', name)
            continue
        for v, python in versions.items():
            subprocess.run([python, '-c', COMPILE, f'../lang/{name}', f'corpus/{name}.{v}.pyc'], check=False)
    sys.exit()

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
