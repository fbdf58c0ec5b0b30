"""Writes goldens.txt: code objects of CPython 3.8 for the verifier's test.

Run with CPython 3.8:  python3.8 tests/verify/make.py

They come from the standard library, those with handlers and finally bodies first, and from
the programs in hard.py; only such as use no opcode of LATER. One line each:
argcount posonly kwonly nlocals stacksize flags firstlineno nconsts nnames ncell nfree cell2arg-free
fields, then co_code in hex. Names are left out: the verifier only counts them.
"""
import os
import opcode
import sys
import types

assert sys.version_info[:2] == (3, 8)
HERE = os.path.dirname(os.path.abspath(__file__))
LATER = set("""GET_AITER GET_ANEXT BEFORE_ASYNC_WITH END_ASYNC_FOR GET_YIELD_FROM_ITER LOAD_BUILD_CLASS YIELD_FROM
GET_AWAITABLE YIELD_VALUE LOAD_CLASSDEREF SETUP_ASYNC_WITH""".split())
BLOCKS = {"SETUP_FINALLY", "CALL_FINALLY", "POP_FINALLY", "SETUP_WITH"}


def walk(code):
    yield code
    for c in code.co_consts:
        if isinstance(c, types.CodeType):
            yield from walk(c)


def ops(code):
    return {opcode.opname[b] for b in code.co_code[::2]}


def line(c):
    f = [c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_stacksize, c.co_flags,
         c.co_firstlineno, len(c.co_consts), len(c.co_names), len(c.co_cellvars), len(c.co_freevars)]
    return " ".join(map(str, f)) + " " + c.co_code.hex()


def usable(c):
    return not ops(c) & LATER and not c.co_flags & (0x20 | 0x80 | 0x100 | 0x200)


hard, with_blocks, others = [], [], []
with open(os.path.join(HERE, "hard.py")) as f:
    for c in walk(compile(f.read(), "hard.py", "exec")):
        if usable(c):
            hard.append(line(c))
lib = os.path.dirname(os.__file__)
for name in sorted(os.listdir(lib)):
    if not name.endswith(".py"):
        continue
    with open(os.path.join(lib, name), encoding="utf-8") as f:
        for c in walk(compile(f.read(), name, "exec")):
            if usable(c) and len(c.co_code) < 1200:
                (with_blocks if ops(c) & BLOCKS else others).append(line(c))
out = hard + with_blocks[::2][:500] + others[::9][:500]
with open(os.path.join(HERE, "goldens.txt"), "w") as f:
    f.write("\n".join(dict.fromkeys(out)) + "\n")
print(len(hard), len(with_blocks), len(others), "->", len(out))
