"""Random control flow: with, try, loops, comprehensions, unpacking, del, walrus, nested every way.

    python3.8 tests/fuzz/shapes.py SEED            # prints one program
    python3.8 tests/fuzz/shapes.py SEED COUNT DIR  # writes DIR/N.py and DIR/N.out, what this Python prints

Each program calls its function several times, so that native code takes the ways that were cold at first.
Some are in tests/lang as shapes_N.py.
"""
import os
import random
import subprocess
import sys

HEAD = '''log = []


def say(*v):
    log.append(v[0] if len(v) == 1 else v)
    if len(log) > 400:
        raise MemoryError('too much')
    return v[-1]


def mgr():
    return open(__file__)


'''
TAIL = '''

for n in list(range(12)) * 3:
    log.clear()
    try:
        r = f(n, [n, n + 1, n * 2])
    except Exception as e:
        c = e.__context__
        lines = []
        tb = e.__traceback__
        while tb:
            lines.append(tb.tb_lineno)
            tb = tb.tb_next
        print(n, 'raised', repr(e), repr(c), lines[1:], log)
    else:
        print(n, r, log)
'''


class Gen:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.left = 45
        self.lines = []

    def put(self, ind, text):
        self.lines.append('    ' * ind + text)

    def cond(self):
        r = self.r
        return r.choice(['n %% %d == %d' % (r.randint(2, 4), r.randint(0, 2)), 'n > %d' % r.randint(0, 11),
                         'a is not None', 'len(log) %% %d' % r.randint(2, 5), '(w := n) < 6', 'l', 'not n'])

    def expr(self):
        r = self.r
        return r.choice([
            'n', 'n + %d' % r.randint(1, 5), '[i for i in l if i %% %d]' % r.randint(1, 3), '[*l, n]', '(*l, *l)',
            '{i: i + n for i in l}', 'sorted({i % 3 for i in l})', '[(i, j) for i in range(3) for j in range(i)]',
            "f'{n:>{3}}'", 'l[1:]', 'l[::-1]', '{**{"k": n}, "z": 1}', '(lambda *a, **k: (a, sorted(k)))(*l, q=n)',
            'max(*l, n)', 'dict(a=n, **{"b": 2})', '[x := n, x]', '10 // (n - %d)' % r.randint(0, 11),
            'l[%d]' % r.randint(0, 4), '(lambda a, b=2, *c: (a, b, c))(*l[:%d])' % r.randint(0, 3)])

    def exc(self):
        return self.r.choice(['ValueError', 'KeyError', 'IndexError', 'ZeroDivisionError', '(ValueError, TypeError)',
                              'Exception', 'LookupError', 'ArithmeticError'])

    def simple(self, ind, loop, fin):
        r = self.r
        k = r.random()
        # Near the top what leaves is not to leave always.
        if k >= 0.57 and ind <= 3 and r.random() < 0.8:
            self.put(ind, 'if %s:' % self.cond())
            ind += 1
        if k < 0.25:
            self.put(ind, 'say(%s)' % self.expr())
        elif k < 0.45:
            self.put(ind, '%s = %s' % (r.choice(['a', 'b']), self.expr()))
        elif k < 0.52:
            self.put(ind, r.choice(['a, *b = l', '*a, b = l, n', '(a, *b), c = l, 1', 'a, b, c = l', 'a, b = l']))
        elif k < 0.57:
            self.put(ind, r.choice(['del a', 'del b', 'del l[0]', 'del l[1:2]', 'del l[5]']))
        elif k < 0.70:
            self.put(ind, 'raise %s(%d)' % (r.choice(['ValueError', 'KeyError', 'IndexError', 'TypeError']), r.randint(0, 99)))
        elif k < 0.74:
            self.put(ind, 'raise')
        elif k < 0.84:
            self.put(ind, 'return %s' % self.expr())
        elif loop and (k < 0.92 or fin):
            self.put(ind, r.choice(['break', 'break' if fin else 'continue']))
        elif loop:
            self.put(ind, 'continue')
        else:
            self.put(ind, 'say(a, b)')

    def block(self, ind, loop, fin=False):
        for _ in range(self.r.choice([1, 1, 2, 2, 3])):
            self.stmt(ind, loop, fin)

    def stmt(self, ind, loop, fin):
        r = self.r
        self.left -= 1
        if self.left <= 0 or ind > 6:
            return self.simple(ind, loop, fin)
        k = r.random()
        if k < 0.18:
            self.put(ind, 'with mgr() as %s:' % r.choice(['g', 'g, mgr() as h', 'a', 'g, mgr()']))
            self.block(ind + 1, loop, fin)
            if r.random() < 0.5:
                self.put(ind, 'say("after")')
        elif k < 0.42:
            self.put(ind, 'try:')
            self.block(ind + 1, loop, fin)
            n = r.choice([0, 1, 1, 2])
            for _ in range(n):
                self.put(ind, 'except %s%s:' % (self.exc(), r.choice(['', ' as e', ' as a'])))
                self.block(ind + 1, loop, fin)
            if n and r.random() < 0.25:
                self.put(ind, 'else:')
                self.block(ind + 1, loop, fin)
            if n == 0 or r.random() < 0.4:
                self.put(ind, 'finally:')
                # 3.8 allows `continue` here, too.
                self.block(ind + 1, loop, fin)
        elif k < 0.62:
            self.put(ind, 'if %s:' % self.cond())
            self.block(ind + 1, loop, fin)
            if r.random() < 0.4:
                self.put(ind, 'else:')
                self.block(ind + 1, loop, fin)
        elif k < 0.74:
            self.put(ind, 'for %s in %s:' % (r.choice(['i', 'a', 'i, *b']), r.choice(['l', 'range(3)', '[(1, 2), (n, 3)]', 'zip(l, l)'])))
            self.put(ind + 1, 'say("loop")')
            self.block(ind + 1, True)
            if r.random() < 0.3:
                self.put(ind, 'else:')
                self.block(ind + 1, loop, fin)
        elif k < 0.80:
            self.put(ind, 'while say(len(log)) %% %d:' % r.randint(2, 6))
            self.block(ind + 1, True)
        else:
            self.simple(ind, loop, fin)

    def program(self):
        self.put(0, 'def f(n, l):')
        self.put(1, 'a = b = c = None')
        for _ in range(3):
            self.stmt(1, False, False)
        self.put(1, 'return a, b, c')
        return HEAD + '\n'.join(self.lines) + TAIL


def main():
    seed = int(sys.argv[1])
    if len(sys.argv) == 2:
        print(Gen(seed).program(), end='')
        return
    count, where = int(sys.argv[2]), sys.argv[3]
    os.makedirs(where, exist_ok=True)
    for i in range(count):
        path = os.path.join(where, '%d.py' % (seed + i))
        with open(path, 'w') as f:
            f.write(Gen(seed + i).program())
        out = subprocess.run([sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        with open(path[:-3] + '.out', 'wb') as f:
            f.write(out.stdout + out.stderr)


if __name__ == '__main__':
    main()
