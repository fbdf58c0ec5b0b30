"""Random call shapes: functions with every kind of parameter, called in every way, rightly and wrongly.

    python3.8 tests/fuzz/calls.py SEED            # prints one program
    python3.8 tests/fuzz/calls.py SEED COUNT DIR  # writes DIR/N.py and DIR/N.out, what this Python prints

`tests/call_shapes.rs` runs them in every mode; some are in tests/lang as call_shapes_N.py.
"""
import os
import random
import subprocess
import sys

HEAD = '''def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

def t(x):
    print(end='%r ' % (x,))
    return x

'''
NAMES = ['a', 'b', 'c', 'd', 'e', 'g', 'h']
TUPLES = ['()', '(1,)', '(1, 2)', '[3, 4, 5]', "'xy'", 'range(2)', '{7: 8}', '(1,) * 9', '{}', 'iter((5, 6))']
BAD_TUPLES = ['3', 'None', '1.5', 'len', 'f0']
BAD_MAPS = ['3', 'None', '[1]', "'ab'", '(("a", 1),)', '{1: 2}', '{None: 1}', "{'a': 1, 3: 2}", 'f0']


class Gen:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def params(self):
        """A parameter list and the names in it."""
        r = self.r
        names = NAMES[:]
        npos, nplain, nkw = r.choice([0, 0, 1, 2]), r.choice([0, 1, 1, 2, 3]), r.choice([0, 0, 0, 1, 2])
        total = npos + nplain
        first_default = r.choice([total, total, total, r.randint(0, total)])
        out, used = [], []
        for i in range(total):
            n = names.pop(0)
            used.append(n)
            out.append(n + ('=%d' % (100 + i) if i >= first_default else ''))
            if i + 1 == npos:
                out.append('/')
        star = r.random()
        if star < 0.3:
            out.append('*args')
            used.append('args')
        elif nkw:
            out.append('*')
        if star < 0.3 or nkw:
            for i in range(nkw):
                n = names.pop(0)
                used.append(n)
                out.append(n + r.choice(['', '=%d' % (200 + i)]))
        if r.random() < 0.3:
            out.append('**kw')
            used.append('kw')
        return ', '.join(out), used

    def function(self, i):
        params, used = self.params()
        body = '(%s)' % ''.join(n + ', ' for n in used)
        kind = self.r.random()
        if kind < 0.6:
            return 'def f%d(%s):\n    return %s\n' % (i, params, body)
        if kind < 0.75:
            return 'f%d = lambda %s: %s\n' % (i, params, body)
        if kind < 0.9:
            return ('def make%d(k):\n    def f%d(%s):\n        return k, %s\n    return f%d\nf%d = make%d(%d)\n'
                    % (i, i, params, body, i, i, i, i))
        cell = used[0] if used else 'None'
        return 'def f%d(%s):\n    return %s, (lambda: %s)()\n' % (i, params, body, cell)

    def value(self):
        r = self.r
        v = r.choice(['1', '2', "'s'", 'None', '2.5', '()'])
        return 't(%s)' % v if r.random() < 0.3 else v

    def map(self):
        r = self.r
        if r.random() < 0.2:
            return r.choice(BAD_MAPS)
        n = r.choice([0, 0, 1, 1, 2, 3])
        return '{%s}' % ', '.join('%r: %s' % (k, self.value()) for k in r.sample(NAMES + ['zz'], n))

    def arguments(self):
        r = self.r
        plain = r.random() < 0.4
        out = [self.value() for _ in range(r.choice([0, 1, 1, 2, 3, 4]))]
        for k in r.sample(NAMES + ['zz'], r.choice([0, 0, 0, 1, 2, 3])):
            out.append('%s=%s' % (k, self.value()))
        if plain:
            return ', '.join(out)
        # `*` may stand anywhere before the first `**`; keywords anywhere after the positional ones.
        for _ in range(r.choice([0, 1, 1, 2])):
            what = '*' + (r.choice(BAD_TUPLES) if r.random() < 0.15 else r.choice(TUPLES))
            out.insert(r.randint(0, len(out)), what)
        for _ in range(r.choice([0, 0, 1, 2])):
            out.append('**' + self.map())
            if r.random() < 0.3:
                out.append('%s=%s' % (r.choice(['y', 'zzz', 'k']), self.value()))
        return ', '.join(self.legal(out))

    @staticmethod
    def legal(args):
        """Positional arguments first where the grammar wants it, and no keyword twice."""
        seen, keyword, out = set(), False, []
        for a in args:
            name = a.split('=')[0]
            if a.startswith('*'):
                out.append(a)
            elif '=' in a and name.isidentifier():
                if name not in seen:
                    seen.add(name)
                    keyword = True
                    out.append(a)
            elif not keyword:
                out.append(a)
        return out

    def program(self):
        r = self.r
        n = 6
        out = [HEAD]
        for i in range(n):
            out.append(self.function(i))
        out.append('\ndef calls():\n')
        for _ in range(40):
            out.append('    show(lambda: f%d(%s))\n' % (r.randrange(n), self.arguments()))
        out.append('\nfor i in range(3):\n    calls()\n')
        # What is looked up at the call: defaults that are assigned, code that is exchanged.
        for _ in range(3):
            i = r.randrange(n)
            out.append(r.choice([
                'f%d.__defaults__ = %s\n' % (i, r.choice(['None', '(7,)', '(7, 8)', '()'])),
                'f%d.__kwdefaults__ = %s\n' % (i, r.choice(['None', '{"c": 5, "d": 6}', '{}'])),
                'def swap():\n    f%d.__code__ = f%d.__code__\nshow(swap)\n' % (i, r.randrange(n)),
            ]))
            out.append('calls()\n')
        return ''.join(out)


def main(args):
    if len(args) == 1:
        print(Gen(int(args[0])).program(), end='')
        return
    seed, count, folder = int(args[0]), int(args[1]), args[2]
    for i in range(count):
        path = os.path.join(folder, '%d.py' % i)
        with open(path, 'w') as f:
            f.write(Gen(seed + i).program())
        p = subprocess.run([sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with open(path[:-3] + '.out', 'wb') as f:
            f.write(p.stdout)


main(sys.argv[1:])
