"""Writes the goldens of tests/lang: what CPython 3.8 prints for each program, and how it ends.

Run with CPython 3.8 from the root of the repository:

    python3.8 tests/lang/bless.py [NAME …]

golden/NAME.out is stdout, golden/NAME.err stderr (if there is any), golden/NAME.status the
exit status (if it is not 0). Addresses become 0x….
"""
import os
import re
import subprocess
import sys

assert sys.version_info[:2] == (3, 8), "bless with CPython 3.8"
HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(os.path.join(HERE, "..", ".."))
GOLD = os.path.join("tests", "lang", "golden")
os.makedirs(GOLD, exist_ok=True)
only = set(sys.argv[1:])
names = sorted(f[:-3] for f in os.listdir(HERE) if f.endswith(".py") and f != "bless.py")


def put(name, kind, data):
    path = os.path.join(GOLD, name + kind)
    if data:
        with open(path, "wb") as f:
            f.write(data)
    elif os.path.exists(path):
        os.remove(path)


env = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
for name in names:
    if only and name not in only:
        continue
    p = subprocess.run([sys.executable, f"tests/lang/{name}.py"], stdin=subprocess.DEVNULL, capture_output=True, env=env)
    assert b"SyntaxWarning" not in p.stderr or name.startswith("warn_"), (name, p.stderr)
    put(name, ".out", re.sub(rb"0x[0-9a-f]{6,}", "0x…".encode(), p.stdout))
    put(name, ".err", re.sub(rb"0x[0-9a-f]{6,}", "0x…".encode(), p.stderr))
    put(name, ".status", str(p.returncode).encode() + b"\n" if p.returncode else b"")
for f in os.listdir(GOLD):
    if f.rsplit(".", 1)[0] not in names:
        os.remove(os.path.join(GOLD, f))
print(len(names), "programs")
