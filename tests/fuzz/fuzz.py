"""Random programs, run by CPython 3.8 and by taipan in every mode: what they print must be the same.

    python3 tests/fuzz/fuzz.py TAIPAN [--start N] [--count N] [--keep DIR] [--show SEED]

Each seed makes one program: arithmetic at the edges of the types, loops, calls with defaults and
keywords, closures, globals rebound while loops run, exceptions in loops and `finally`. A program that
differs is written to the `--keep` folder. CPython is `$TAIPAN_PYTHON38`, or `python3.8`.
"""
import argparse
import os
import random
import subprocess
import sys

INTS = [0, 1, -1, 2, 3, -3, 7, 10, 63, 64, 65, 100, 255]
for _p in (31, 32, 47, 48, 49, 52, 53, 54, 62, 63, 64):
    INTS += [2 ** _p, 2 ** _p - 1, -2 ** _p, 2 ** _p + 1, -2 ** _p - 1]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "0.5", "2.5", "3.0", "1e308", "1e-320", "9007199254740992.0",
          "9007199254740994.0", "9.223372036854775807e18", "-9.223372036854775808e18", "INF", "-INF", "NAN", "1e22"]
OTHERS = ["True", "False", "True", "False", "None", "'s'", "()", "(1, 2)", "[3]"]
CMPS = ["<", "<=", "==", "!=", ">", ">="]
HEAD = '''INF = 1e308 * 10
NAN = INF - INF
BIG = 1 << 130
shown = 0
def log(a, b):
    global shown
    shown += 1
    if shown < 300:
        print(a, b)
def tame(x):
    try:
        if -BIG < x < BIG:
            return x
        if x != x:
            return 0.25
        return x % 1000003
    except TypeError:
        return 5
'''


class Gen:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.out = []
        self.funcs = []
        self.hot = self.r.random() < 0.25
        # What kinds of values this program likes: a mono-typed program stays native longer.
        self.taste = self.r.choice(["int", "int", "small", "float", "mix", "wild"])
        self.loops = 0
        self.tmp = 0

    def line(self, ind, s):
        self.out.append("    " * ind + s)

    def const(self):
        r, t = self.r, self.taste
        k = r.random()
        if t == "small":
            return str(r.randint(-20, 20)) if k < 0.93 else str(r.choice(INTS))
        if t == "int":
            return str(r.choice(INTS)) if k < 0.6 else str(r.randint(-9, 9))
        if t == "float":
            return r.choice(FLOATS) if k < 0.8 else str(r.choice(INTS))
        if t == "mix":
            return str(r.choice(INTS)) if k < 0.45 else r.choice(FLOATS) if k < 0.8 else r.choice(["True", "False"])
        return str(r.choice(INTS)) if k < 0.4 else r.choice(FLOATS) if k < 0.6 else r.choice(OTHERS)

    def var(self, vs):
        return self.r.choice(vs)

    def atom(self, vs):
        return self.var(vs) if self.r.random() < 0.72 else "(%s)" % self.const()

    def expr(self, vs, d=2):
        r = self.r
        if d == 0 or r.random() < 0.15:
            return self.atom(vs)
        k = r.random()
        a = self.expr(vs, d - 1)
        b = self.expr(vs, d - 1)
        if k < 0.34:
            return "(%s %s %s)" % (a, r.choice(["+", "-", "+", "-", "*"]), b)
        if k < 0.46:
            return "(%s %s %s)" % (a, r.choice(["//", "%", "/", "//", "%"]), b)
        if k < 0.56:
            return "(%s %s %s)" % (a, r.choice(["&", "|", "^"]), b)
        if k < 0.64:
            n = r.choice(["1", "3", "15", "47", "62", "63", "64", "70", "(%s & 63)" % self.var(vs), "(%s & 7)" % self.var(vs)])
            return "(%s %s %s)" % (a, r.choice(["<<", ">>", ">>"]), n)
        if k < 0.70:
            return "(%s%s)" % (r.choice(["-", "~", "+", "-", "not "]), a)
        if k < 0.80:
            return self.cond(vs, d)
        if k < 0.85:
            return "(%s if %s else %s)" % (a, self.cond(vs, d - 1), b)
        if k < 0.89:
            return "(%s %s %s)" % (a, r.choice(["and", "or"]), b)
        if k < 0.92:
            return r.choice(["abs(%s)", "int(%s)", "float(%s)", "bool(%s)", "min(%s, 3)", "len(%s)"]) % a
        if self.funcs:
            return self.call(vs)
        return a

    def cond(self, vs, d=1):
        r = self.r
        a, b = self.expr(vs, max(d - 1, 0)), self.expr(vs, max(d - 1, 0))
        k = r.random()
        if k < 0.65:
            return "(%s %s %s)" % (a, r.choice(CMPS), b)
        if k < 0.75:
            return "(%s %s %s %s %s)" % (a, r.choice(CMPS), b, r.choice(CMPS), self.atom(vs))
        if k < 0.85:
            v = self.var(vs)
            return "(%s %s %s)" % (v, r.choice(["is", "is not"]), r.choice(["None", "True", v]))
        if k < 0.9:
            return "(%s in (1, 2.0, %s))" % (a, self.atom(vs))
        return "(not %s)" % a

    def call(self, vs):
        r = self.r
        name, params, defaults = r.choice(self.funcs)
        n = len(params)
        need = n - defaults
        k = r.randint(need, n)
        if r.random() < 0.02:
            k = r.randint(0, n + 1)
        args = [self.atom(vs) for _ in range(k)]
        if r.random() < 0.25 and k:
            at = r.randint(0, k - 1)
            args = [a if i < at or i >= n else "%s=%s" % (params[i], a) for i, a in enumerate(args[:n])]
        return "%s(%s)" % (name, ", ".join(args))

    def assign(self, ind, vs, ctx):
        r = self.r
        v = r.choice(vs)
        k = r.random()
        if v in ctx.get("ro", ()):
            return self.line(ind, "log('x', %s)" % self.expr(vs, 1))
        if k < 0.35:
            self.line(ind, "%s %s= %s" % (v, r.choice(["+", "-", "+", "-", "*", "//", "%", "&", "^", "|", ">>"]), self.expr(vs, 1)))
        elif k < 0.9:
            self.line(ind, "%s = %s" % (v, self.expr(vs, 2)))
        else:
            w = r.choice([x for x in vs if x not in ctx.get("ro", ())])
            self.line(ind, "%s, %s = %s, %s" % (v, w, self.expr(vs, 1), self.expr(vs, 1)))
        if r.random() < 0.5 or "*" in self.out[-1] or "<<" in self.out[-1]:
            self.line(ind, "%s = tame(%s)" % (v, v) if r.random() < 0.3 else
                      "if not -BIG < %s < BIG: %s = %s" % (v, v, self.const() if self.taste != "wild" else "3"))

    def block(self, ind, vs, ctx, depth):
        n = self.r.randint(1, 4)
        for _ in range(n):
            self.stmt(ind, vs, ctx, depth)

    def stmt(self, ind, vs, ctx, depth):
        r = self.r
        k = r.random()
        if depth <= 0 or k < 0.40:
            return self.assign(ind, vs, ctx)
        if k < 0.52:
            self.line(ind, "if %s:" % self.cond(vs, 2))
            self.block(ind + 1, vs, ctx, depth - 1)
            if r.random() < 0.5:
                self.line(ind, "else:")
                self.block(ind + 1, vs, ctx, depth - 1)
            return
        if k < 0.66 and ctx["loopdepth"] < 2:
            return self.loop(ind, vs, ctx, depth)
        if k < 0.80:
            return self.tries(ind, vs, ctx, depth)
        if k < 0.84 and ctx.get("loop") and not ctx.get("nofin_continue"):
            self.line(ind, "if %s: %s" % (self.cond(vs, 1), r.choice(["break", "continue", "continue"])))
            return
        if k < 0.87 and ctx.get("func"):
            self.line(ind, "if %s: return %s" % (self.cond(vs, 1), self.expr(vs, 1)))
            return
        if k < 0.90:
            self.line(ind, "if %s: raise %s" % (self.cond(vs, 1), r.choice(["ValueError('v')", "KeyError(%s)" % self.var(vs), "IndexError", "ZeroDivisionError('z')"])))
            return
        if k < 0.93:
            self.line(ind, "log('s', (%s))" % ", ".join([self.var(vs), self.var(vs)]))
            return
        if k < 0.95 and ctx.get("rebinds"):
            self.line(ind, "%s()" % r.choice(ctx["rebinds"]))
            return
        i = r.choice(["0", "1", "-1", "2", "(%s & 3)" % self.var(vs) if self.taste in ("int", "small") else "1"])
        v = r.choice(vs)
        self.tmp += 1
        t = "t%d" % self.tmp
        self.line(ind, "%s = [%s, %s, %s]" % (t, self.atom(vs), self.expr(vs, 1), self.atom(vs)))
        if r.random() < 0.5:
            self.line(ind, "%s[%s] %s= %s" % (t, i, r.choice(["", "+", "-"]), self.expr(vs, 1)))
        if v not in ctx.get("ro", ()):
            self.line(ind, "%s = %s[%s]" % (v, t, i))

    def loop(self, ind, vs, ctx, depth):
        r = self.r
        c = dict(ctx, loop=True, loopdepth=ctx["loopdepth"] + 1)
        c.pop("nofin_continue", None)
        self.loops += 1
        n = r.choice([3, 7, 20, 60]) if not self.hot or c["loopdepth"] > 1 else r.choice([60, 300, 2500])
        i = "i%d" % self.loops
        form = r.random()
        if form < 0.5:
            lo = r.choice([0, 0, 0, -5, 2 ** 63 - 1 - n, 2 ** 48 - 3, 2 ** 53 - 2, 2 ** 63 - 3, -2 ** 63])
            step = r.choice([1, 1, 2, -1, 3, 7, 2 ** 61, -2 ** 62])
            # At most n rounds.
            hi = lo + step * n
            if abs(step) > 100:
                hi = lo + step * r.randint(1, 9)
            if r.random() < 0.6:
                lo, hi, step = 0, n, 1
            if step == 1:
                s = "range(%d, %d)" % (lo, hi) if lo else "range(%d)" % hi
            else:
                s = "range(%d, %d, %d)" % (lo, hi, step)
            self.line(ind, "for %s in %s:" % (i, s))
        elif form < 0.6:
            self.line(ind, "for %s in [%s]:" % (i, ", ".join(self.const() for _ in range(r.randint(1, 6)))))
        else:
            self.line(ind, "%s = %d" % (i, r.choice([0, 0, 2 ** 48 - 5, 2 ** 63 - 9, -3])))
            end = "%s_end" % i
            self.line(ind, "%s = %s + %d" % (end, i, n))
            self.line(ind, "while %s < %s:" % (i, end))
            self.line(ind + 1, "%s += 1" % i)
        c["ro"] = tuple(ctx.get("ro", ())) + (i,)
        self.block(ind + 1, vs + [i], c, depth - 1)
        if r.random() < 0.2:
            self.line(ind, "else:")
            self.block(ind + 1, vs, ctx, depth - 1)

    def tries(self, ind, vs, ctx, depth):
        r = self.r
        self.line(ind, "try:")
        self.block(ind + 1, vs, ctx, depth - 1)
        fin = r.random() < 0.35
        if not fin or r.random() < 0.5:
            for e in r.sample(["ZeroDivisionError", "(TypeError, ValueError)", "OverflowError", "LookupError", "UnboundLocalError"], r.randint(1, 3)):
                self.line(ind, "except %s as e:" % e)
                self.line(ind + 1, "log('E', e)")
                if r.random() < 0.5:
                    self.block(ind + 1, vs, ctx, depth - 1)
                if r.random() < 0.1:
                    self.line(ind + 1, "raise")
            if r.random() < 0.4:
                self.line(ind, "except:")
                self.line(ind + 1, "log('?', 0)")
                if r.random() < 0.4:
                    self.block(ind + 1, vs, ctx, depth - 1)
            if r.random() < 0.2:
                self.line(ind, "else:")
                self.block(ind + 1, vs, ctx, depth - 1)
        if fin:
            self.line(ind, "finally:")
            self.block(ind + 1, vs, ctx, depth - 1)

    def function(self, i):
        r = self.r
        name = "f%d" % i
        n = r.randint(1, 3)
        params = ["a", "b", "c"][:n]
        defaults = r.randint(0, n) if r.random() < 0.5 else 0
        ps = [p if j < n - defaults else "%s=%s" % (p, self.const()) for j, p in enumerate(params)]
        self.line(0, "def %s(%s):" % (name, ", ".join(ps)))
        gs = r.sample(["G", "H", "K"], r.randint(0, 2))
        if gs and r.random() < 0.7:
            self.line(1, "global %s" % ", ".join(gs))
            ro = ()
        else:
            ro = tuple(gs)
        vs = params + gs
        v = "x"
        self.line(1, "x = %s" % self.const())
        vs.append("x")
        ctx = {"func": True, "loopdepth": 0, "ro": ro, "nodel": tuple(gs), "rebinds": ["rebind%d" % k for k in range(2)]}
        if r.random() < 0.35:
            # A closure that writes what this frame reads.
            self.line(1, "n = %s" % self.const())
            self.line(1, "def inner(p, q=%s):" % self.const())
            self.line(2, "nonlocal n")
            c = dict(ctx, nodel=tuple(gs) + ("n",), ro=tuple(gs))
            self.block(2, ["p", "q", "n"] + gs, c, 1)
            self.line(2, "return %s" % self.expr(["p", "q", "n"], 1))
            vs.append("n")
            ctx["nodel"] = tuple(gs)
            self.funcs.append(("inner", ["p", "q"], 1))
            self.body(vs, ctx)
            self.funcs.pop()
        else:
            self.body(vs, ctx)
        self.funcs.append((name, params, defaults))

    def body(self, vs, ctx):
        self.block(1, vs, ctx, 3)
        if self.r.random() < 0.8:
            self.loop(1, vs, ctx, 3)
        self.line(1, "return %s" % self.expr(vs, 1))

    def program(self):
        r = self.r
        self.out.append(HEAD)
        for g in "GHK":
            self.line(0, "%s = %s" % (g, self.const()))
        for k in range(2):
            g = r.choice("GHK")
            self.line(0, "def rebind%d():" % k)
            what = r.random()
            if what < 0.6 or k == 0:
                self.line(1, "global %s" % g)
                self.line(1, "%s = tame(%s)" % (g, self.expr([g], 1)))
            else:
                b = r.choice(["abs", "min", "len"])
                self.line(1, "global %s" % b)
                self.line(1, "%s = %s" % (b, r.choice(["tame", "bool"]) if b != "min" else "lambda p, q: p"))
        for i in range(r.randint(1, 4)):
            self.function(i)
        vs = ["G", "H", "K"]
        ctx = {"loopdepth": 0, "nodel": ("G", "H", "K"), "rebinds": ["rebind0", "rebind1"]}
        for name, params, defaults in list(self.funcs):
            n = r.choice([3, 8]) if not self.hot else r.choice([8, 40])
            args = ["G", "H", "j", "K", self.const(), self.const()]
            r.shuffle(args)
            self.line(0, "for j in range(%d):" % n)
            self.line(1, "try:")
            self.line(2, "log('%s', %s(%s))" % (name, name, ", ".join(args[:len(params)])))
            self.line(1, "except (ValueError, TypeError, ArithmeticError, LookupError, NameError) as e:")
            self.line(2, "log('E', repr(e))")
        if r.random() < 0.5:
            self.line(0, "try:")
            self.loop(1, vs, ctx, 3)
            self.line(0, "except (ValueError, TypeError, ArithmeticError, LookupError, NameError) as e:")
            self.line(1, "log('E', repr(e))")
        self.line(0, "shown = 0")
        self.line(0, "log((G, H), K)")
        if r.random() < 0.6:
            # This one may end the program with a traceback.
            self.line(0, self.call(vs))
        return "\n".join(self.out) + "\n"


def run(cmd, text, env=None):
    try:
        p = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, env=env)
        return p.returncode, p.stdout, p.stderr
    except subprocess.TimeoutExpired:
        return "timeout", b"", b""


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("taipan")
    ap.add_argument("--start", type=int, default=0)
    ap.add_argument("--count", type=int, default=100)
    ap.add_argument("--keep", default="fuzz-found")
    ap.add_argument("--show", type=int)
    o = ap.parse_args()
    if o.show is not None:
        sys.stdout.write(Gen(o.show).program())
        return
    python = os.environ.get("TAIPAN_PYTHON38", "python3.8")
    os.makedirs(o.keep, exist_ok=True)
    bad = ran = 0
    path = os.path.join(o.keep, "p%d.py" % o.start)
    for seed in range(o.start, o.start + o.count):
        text = Gen(seed).program()
        with open(path, "w") as f:
            f.write(text)
        want = run([python, path], text)
        if want[0] == "timeout":
            continue
        r = random.Random(seed)
        modes = [["--jit=off"], ["--jit=on"], ["--jit=always"],
                 ["--jit=stress", "--jit-seed=%d" % r.randint(0, 999)],
                 ["--jit=stress", "--jit-seed=%d" % r.randint(0, 999)]]
        if not Gen(seed).hot and seed % 4 == 0:
            modes += [["--jit=always", "--gc-stress"], ["--jit=stress", "--gc-stress", "--jit-seed=%d" % seed]]
        ran += 1
        for m in modes:
            got = run([o.taipan] + m + [path], text)
            if got != want:
                bad += 1
                keep = os.path.join(o.keep, "seed%d.py" % seed)
                with open(keep, "w") as f:
                    f.write(text)
                first = next((i for i, (x, y) in enumerate(zip(want[1].splitlines(), got[1].splitlines())) if x != y), "end")
                print("DIFF seed %d %s status %s/%s line %s stderr %s" % (seed, " ".join(m), want[0], got[0], first, got[2][-150:]), flush=True)
                break
        # Where fuel ends is the same in every mode.
        fuel = ["--max-fuel=%d" % r.choice([r.randint(1, 400), r.randint(300, 3000)])]
        first = None
        for m in modes[:4]:
            got = run([o.taipan] + m + fuel + [path], text)
            if first is None:
                first = got
            elif got != first:
                bad += 1
                with open(os.path.join(o.keep, "seed%d.py" % seed), "w") as f:
                    f.write(text)
                print("FUEL seed %d %s %s" % (seed, " ".join(m), fuel), flush=True)
                break
    print("ran %d, differing %d" % (ran, bad))
    os.remove(path)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
