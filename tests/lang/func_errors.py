# calling with wrong arguments: the texts
def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c=1): pass
def f4(a=1, b=2): pass
def f5(a, b, c, d): pass
def t(f):
    try:
        f()
        print('ok')
    except TypeError as e:
        print(e)
t(lambda: f0(1))
t(lambda: f0(1, 2))
t(lambda: f1())
t(lambda: f1(1, 2))
t(lambda: f1(b=1))
t(lambda: f1(1, a=1))
t(lambda: f2())
t(lambda: f2(1))
t(lambda: f2(b=1))
t(lambda: f2(1, 2, 3))
t(lambda: f2(1, 2, c=3))
t(lambda: f2(1, 2, 3, c=4))
t(lambda: f3())
t(lambda: f3(1))
t(lambda: f3(1, 2, 3, 4))
t(lambda: f3(c=5))
t(lambda: f4(1, 2, 3))
t(lambda: f4(1, a=2))
t(lambda: f4(z=2))
t(lambda: f5())
t(lambda: f5(1))
t(lambda: f5(1, 2))
t(lambda: f5(1, 2, 3))
t(lambda: f5(d=1))
t(lambda: (lambda x: x)())
t(lambda: (lambda x: x)(1, 2))
five, none, text, one = 5, None, 'a', [1]
t(lambda: five())
t(lambda: none(1))
t(lambda: text(1, k=2))
t(lambda: one(0))
t(lambda: len())
t(lambda: len(1, 2))
t(lambda: len(5))
t(lambda: len(x=1))
t(lambda: abs('a'))
t(lambda: [].append())
t(lambda: [].append(1, 2))
t(lambda: ord('ab'))
t(lambda: ord(1))
t(lambda: print(1, foo=2))
t(lambda: sorted())
t(lambda: sorted([1], 2))
t(lambda: int('1', 2, 3))
