"""Writes the goldens of tests/cli: what CPython 3.8 prints for each program in a copy of the folder.

Run with CPython 3.8 from the root of the repository:

    python3.8 tests/cli/bless.py

Each program runs in `imports` or beside it, with stdin.txt as its input; stderr goes where stdout does.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

assert sys.version_info[:2] == (3, 8), "bless with CPython 3.8"
HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ["files.py", "file_errors.py", "imports/program.py", "imports/errors.py", "imports/star.py"]
for program in PROGRAMS:
    with tempfile.TemporaryDirectory() as d:
        d = os.path.realpath(d)
        work = os.path.join(d, "cli")
        shutil.copytree(HERE, work)
        with open(os.path.join(HERE, "stdin.txt"), "rb") as stdin:
            p = subprocess.run([sys.executable, "-B", program], stdin=stdin, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, cwd=work, env={"LC_ALL": "C.UTF-8"})
        text = p.stdout.replace(work.encode(), b"HERE") + b"status %d\n" % p.returncode
        name = program.replace("/", "_")[:-3]
        with open(os.path.join(HERE, "golden", name + ".txt"), "wb") as f:
            f.write(re.sub(rb"0x[0-9a-f]{6,}", b"0x", text))
