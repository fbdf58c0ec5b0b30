"""Writes the goldens of tests/lang and tests/programs: what CPython 3.8 prints for each program, and how it ends.

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
os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
only = set(sys.argv[1:])
env = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}


def put(gold, name, kind, data):
    path = os.path.join(gold, name + kind)
    if data:
        with open(path, "wb") as f:
            f.write(data)
    elif os.path.exists(path):
        os.remove(path)


for folder in ("tests/lang", "tests/programs"):
    gold = folder + "/golden"
    os.makedirs(gold, exist_ok=True)
    names = sorted(f[:-3] for f in os.listdir(folder) if f.endswith(".py") and f != "bless.py")
    for name in names:
        if only and name not in only:
            continue
        p = subprocess.run([sys.executable, f"{folder}/{name}.py"], stdin=subprocess.DEVNULL, capture_output=True, env=env)
        assert b"SyntaxWarning" not in p.stderr or name.startswith("warn_"), (name, p.stderr)
        put(gold, name, ".out", re.sub(rb"0x[0-9a-f]{6,}", "0x…".encode(), p.stdout))
        put(gold, name, ".err", re.sub(rb"0x[0-9a-f]{6,}", "0x…".encode(), p.stderr))
        put(gold, name, ".status", str(p.returncode).encode() + b"\n" if p.returncode else b"")
    for f in os.listdir(gold):
        if f.rsplit(".", 1)[0] not in names:
            os.remove(os.path.join(gold, f))
    print(folder, len(names), "programs")
