"""Writes random programs for the comparison with CPython 3.8: generate.py SEED COUNT OUT.

They nest what the standard library seldom nests: try, finally, loops and early exits, chains
of conditions, constants to fold, long bodies (jumps past 255), expressions over many lines.
They are only compiled, never run; some are wrong in ways the compiler must find.
"""
import os
import random
import sys

NAMES = ['a', 'b', 'c', 'd', 'e', 'x', 'y', 'f', 'g']
USED = NAMES + ['p', 'q', 'r']
CONSTS = ['0', '1', '2', '-1', '255', '1.5', '0.0', '""', '"s"', '"ab"', 'None', 'True', 'False',
          '()', '(1, 2)', '10 ** 20', '__debug__']
BINARY = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '&', '|', '^', '@']
COMPARE = ['<', '<=', '==', '!=', '>', '>=', 'in', 'not in', 'is', 'is not']


class Gen:
    def __init__(self, seed, full):
        self.r = random.Random(seed)
        self.full = full
        # Enclosing loops and functions: what may stand here.
        self.loops = 0
        self.functions = 0

    def pick(self, *options):
        return self.r.choice(options)

    def name(self):
        return self.r.choice(NAMES)

    def many(self, low, high, make):
        return [make() for _ in range(self.r.randint(low, high))]

    def sep(self):
        """Between the items in brackets: sometimes a line break."""
        return self.pick(', ', ', ', ', ', ',\n ', ',\n\n\n  ')

    def items(self, low, high, d):
        return self.sep().join(self.many(low, high, lambda: self.expr(d)))

    def expr(self, d=3):
        if d <= 0 or self.r.random() < .12:
            return self.r.choice(USED) if self.r.random() < .6 else self.r.choice(CONSTS)
        d -= 1
        k = self.r.randrange(26 if self.full else 20)
        e = self.expr
        if k < 3:
            nl = self.pick(' ', ' ', '\n ')
            return '(%s %s%s%s)' % (e(d), self.r.choice(BINARY), nl, e(d))
        if k < 5:
            rest = ''.join(' %s %s' % (self.r.choice(COMPARE), e(d))
                           for _ in range(self.r.randint(1, 3)))
            return '(%s%s)' % (e(d), rest)
        if k < 8:
            op = self.pick(' and ', ' or ', '\n and ')
            return '(%s)' % op.join(self.many(2, 4, lambda: e(d)))
        if k == 8:
            return '(not %s)' % e(d)
        if k == 9:
            return '(%s%s)' % (self.pick('-', '+', '~'), e(d))
        if k == 10:
            return '(%s if %s else %s)' % (e(d), e(d), e(d))
        if k == 11:
            return self.pick('(%s,)', '[%s]') % self.items(1, 4, d)
        if k == 12:
            return '{%s}' % self.sep().join(
                self.many(0, 3, lambda: '%s: %s' % (e(d), e(d))))
        if k == 13:
            return '%s(%s)' % (self.name(), self.items(0, 3, d))
        if k == 14:
            return '%s(%s, k=%s, %s=%s)' % (self.name(), e(d), e(d), self.name(), e(d))
        if k == 15:
            return '(%s).%s(%s)' % (e(d), self.name(), self.items(0, 3, d))
        if k == 16:
            return '%s.%s' % (self.name(), self.name())
        if k == 17:
            return '(%s)[%s]' % (e(d), e(d))
        if k == 18:
            return '(lambda %s: %s)' % (self.pick('', 'a', 'a, b=%s' % self.expr(0)), e(d))
        if k == 19:
            return "f'{%s}%s{%s!r:>5}'" % (self.name(), self.pick('', 'x'), self.name())
        if k == 20:
            return self.pick('[%s for a in %s]', '{%s for a in %s}', '[%s for a in b for c in %s]',
                             '(%s for a in b if %s)') % (e(d), e(d))
        if k == 21:
            return '{%s: %s for a in %s if %s}' % (e(d), e(d), e(d), e(d))
        if k == 22:
            return '%s(*%s, %s=%s, **%s)' % (self.name(), self.name(), self.name(), e(d), self.name())
        if k == 23:
            return '%s[%s:%s]' % (self.name(), e(d), e(d))
        if k == 24:
            return '{%s}' % self.items(1, 3, d)
        return '[*%s, %s]' % (self.name(), e(d))

    def target(self, d=2):
        k = self.r.randrange(8)
        if k < 4 or d == 0:
            return self.name()
        if k == 4:
            return '%s.%s' % (self.name(), self.name())
        if k == 5:
            return '%s[%s]' % (self.name(), self.expr(1))
        return '(%s)' % ', '.join(self.many(1, 3, lambda: self.target(d - 1))) + self.pick('', '')

    def block(self, d, pad, low=1, high=4):
        out = []
        for _ in range(self.r.randint(low, high)):
            out += self.stmt(d, pad)
        return out

    def loop_block(self, d, pad):
        self.loops += 1
        out = self.block(d, pad)
        self.loops -= 1
        return out

    def function_block(self, d, pad, low, high):
        saved, self.loops = self.loops, 0
        self.functions += 1
        out = self.block(d, pad, low, high)
        self.loops = saved
        self.functions -= 1
        return out

    def stmt(self, d, pad):
        k = self.r.randrange(30 if d > 0 else 14)
        # Mostly right programs; a wrong one now and then.
        wrong = self.r.random() < .003
        if k in (5, 10) and not self.functions and not wrong:
            k = 13
        if k in (6, 10) and not self.loops and not wrong:
            k = 13
        inner = pad + '  '
        line = lambda s: [pad + s]
        if k < 2:
            return line('%s = %s' % (self.target(), self.expr()))
        if k == 2:
            return line('%s %s= %s' % (self.pick(self.name(), self.name() + '.a', self.name() + '[b]'),
                                       self.r.choice(BINARY), self.expr(2)))
        if k == 3:
            return line('%s, %s = %s, %s' % (self.target(), self.target(), self.expr(1), self.expr(1)))
        if k == 4:
            return line(self.expr())
        if k == 5:
            return line('return %s' % self.pick('', self.expr(2), self.expr(0)))
        if k == 6:
            return line(self.pick('break', 'continue'))
        if k == 7:
            return line(self.pick('raise', 'raise %s' % self.expr(1),
                                  'raise %s from %s' % (self.expr(1), self.expr(1))))
        if k == 8:
            return line('assert %s' % self.expr(2))
        if k == 9:
            return line(self.pick('pass', 'import sys', 'assert %s, %s' % (self.expr(1), self.expr(1)),
                                  '%s = %s = %s' % (self.name(), self.name(), self.expr(1))))
        if k == 10:
            return line(self.pick('return', 'break', 'continue', 'pass'))
        if k == 11 and self.full and self.functions:
            return line(self.pick('del %s' % self.target(), 'from a import b as c',
                                  '%s: %s = %s' % (self.name(), self.expr(1), self.expr(1)),
                                  'x = yield %s' % self.expr(1), '*a, b = c'))
        if k == 12 and self.r.random() < .3:
            return ['\n' * self.r.choice([1, 20, 130, 260]), pad + 'pass']
        if k < 14:
            return line('%s(%s)' % (self.name(), self.items(0, 3, 2)))
        d -= 1
        out = []
        if k < 18:
            out += line('if %s:' % self.expr()) + self.block(d, inner)
            for _ in range(self.r.choice([0, 0, 0, 1, 2])):
                out += line('elif %s:' % self.expr()) + self.block(d, inner)
            if self.r.random() < .5:
                out += line('else:') + self.block(d, inner)
            return out
        if k < 20:
            out += line('while %s:' % self.pick(self.expr(), '1', '0')) + self.loop_block(d, inner)
        elif k < 22:
            out += line('for %s in %s:' % (self.target(), self.expr())) + self.loop_block(d, inner)
        elif k < 27:
            out += line('try:') + self.block(d, inner)
            finally_ = self.r.random() < .6
            if not finally_ or self.r.random() < .6:
                for _ in range(self.r.randint(1, 2)):
                    out += line('except %s:' % self.pick('E', 'E as e', '(E, F) as x', self.expr(1)))
                    out += self.block(d, inner)
                if self.r.random() < .3:
                    out += line('except:') + self.block(d, inner)
                if self.r.random() < .4:
                    out += line('else:') + self.block(d, inner)
            if finally_:
                out += line('finally:') + self.block(d, inner)
            return out
        elif k == 27:
            params = self.pick('', 'a', 'a, b=%s' % self.expr(1), 'a, b, c=1, d=2')
            out += line('def %s(%s):' % (self.name(), params))
            if self.r.random() < .3:
                out += [inner + self.pick('nonlocal %s', 'global %s') % self.pick('p', 'q', 'r')]
            return out + self.function_block(d, inner, 1, 5)
        elif k == 28:
            # Long enough for jumps to need EXTENDED_ARG.
            body = self.block(0, inner)
            out += line('if %s:' % self.expr())
            out += body * self.r.randint(5, 25) + self.block(d, inner)
            return out + line('else:') + self.block(d, inner)
        elif self.full:
            if self.r.random() < .5:
                out += line('with %s%s:' % (self.expr(1), self.pick('', ' as a', ' as b, c')))
                return out + self.block(d, inner)
            out += line('class %s:' % self.name())
            saved = self.loops, self.functions
            self.loops = self.functions = 0
            out += self.block(d, inner)
            self.loops, self.functions = saved
            return out
        else:
            return line('pass')
        if self.r.random() < .3:
            out += line('else:') + self.block(d, inner)
        return out

    def program(self):
        out = []
        for _ in range(self.r.randint(1, 3)):
            if self.r.random() < .8:
                out += ['def %s(%s):' % (self.name(), self.pick('', 'a', 'a, b', 'x, a=1'))]
                out += ['  p = q = r = 1']
                out += self.function_block(self.r.randint(1, 4), '  ', 1, 6)
            else:
                out += self.block(2, '')
        return '\n'.join(out) + '\n'


def main(seed, count, out, full):
    for n in range(count):
        with open(os.path.join(out, '%d.py' % n), 'w') as f:
            f.write(Gen('%d-%d' % (seed, n), full).program())


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:] == ['full'])
