def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

def t(x):
    print(end='%r ' % (x,))
    return x

f0 = lambda a, b, /, *, c=200, **kw: (a, b, c, kw, )
f1 = lambda a, /, b, c, **kw: (a, b, c, kw, )
def make2(k):
    def f2(a, b, /, c, *args, d=200):
        return k, (a, b, c, args, d, )
    return f2
f2 = make2(2)
def f3(a, b, c, *args, **kw):
    return (a, b, c, args, kw, )
def f4(a):
    return (a, ), (lambda: a)()
def f5(a, *args):
    return (a, args, )

def calls():
    show(lambda: f2(*(1,), **{}))
    show(lambda: f2(()))
    show(lambda: f2(None, None, 2, 2))
    show(lambda: f3(*(), c=None, *(), a=2.5))
    show(lambda: f1(t(2)))
    show(lambda: f4(2.5, d=t(2), g=(), a=2.5))
    show(lambda: f0(t(2), t(2.5), t(1), 2, zz=t(None), *(), b='s', *()))
    show(lambda: f5(None, (), 1, t('s')))
    show(lambda: f2(2.5, c=2.5, a=t(None)))
    show(lambda: f5((), *(1, 2), t(None), 2.5, *(1,) * 9, t('s'), **{'e': 1}))
    show(lambda: f3(t(None), **{'b': t(2), 'h': None}))
    show(lambda: f5(2, 2, None, 's', b=(), a=t(2.5), d='s', *'xy', *(), **None))
    show(lambda: f5(*None))
    show(lambda: f3(t('s'), (), None, t(2)))
    show(lambda: f1(None, 's'))
    show(lambda: f1(2, t(2.5), None))
    show(lambda: f2(zz=2, *len, **{'zz': 1}, zzz=t(None), **{'c': (), 'a': 's', 'g': 1}))
    show(lambda: f1(None, (), 2.5))
    show(lambda: f4(c=1, *(), **{'d': (), 'g': 2, 'h': 1}, zzz=t(()), **{'d': t(2.5), 'zz': 's', 'b': 's'}))
    show(lambda: f5(2, g=2.5, *iter((5, 6)), c=2, **{'b': t(()), 'h': 's', 'e': 2.5}, zzz=2, **{}))
    show(lambda: f2(*{}, 2, 's', t(2), **{}, **{'a': 1, 3: 2}))
    show(lambda: f0(1))
    show(lambda: f0(d=None, *[3, 4, 5], **{'a': 1, 3: 2}))
    show(lambda: f3(None, d=t(())))
    show(lambda: f1(t(()), *(1, 2), zz=(), b=t(None), a=()))
    show(lambda: f5(2, *f0))
    show(lambda: f5(*(), None, 's', t(()), *3, 's'))
    show(lambda: f0(t(2), b=2.5, h=t(2), a=None))
    show(lambda: f2(**{'zz': t('s')}, zzz=t(())))
    show(lambda: f1(t(None)))
    show(lambda: f1(t('s'), 1))
    show(lambda: f3(t('s'), *3, 1, None, g=2.5))
    show(lambda: f5(2.5, None, t(1)))
    show(lambda: f1(*'xy', 2.5, a=2.5, zz=2.5, **{}, **(("a", 1),)))
    show(lambda: f0(t('s'), *range(2), **{}))
    show(lambda: f4(*(1,) * 9, *'xy', (), **(("a", 1),), **{}, y=()))
    show(lambda: f5(t('s'), 1, *iter((5, 6)), t(None), 2))
    show(lambda: f4('s', *range(2), None, **{}))
    show(lambda: f4(None, t('s'), ()))
    show(lambda: f2(None, 2, d=t('s'), b=t(()), *{7: 8}, *{}, **{'a': 1, 'h': 2, 'e': 2.5}, **f0))

for i in range(3):
    calls()
f3.__defaults__ = ()
calls()
f2.__defaults__ = ()
calls()
f3.__defaults__ = None
calls()
