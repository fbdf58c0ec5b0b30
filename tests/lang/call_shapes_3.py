def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

def t(x):
    print(end='%r ' % (x,))
    return x

def f0(a, *args):
    return (a, args, )
def f1(a, *, b=200, c=201):
    return (a, b, c, ), (lambda: a)()
def f2(a, /, b, c, *args):
    return (a, b, c, args, )
def f3(a=100, /, b=101, **kw):
    return (a, b, kw, )
f4 = lambda a, b=101, c=102, *, d: (a, b, c, d, )
def f5():
    return ()

def calls():
    show(lambda: f4(t('s'), **'ab', **{'a': ()}))
    show(lambda: f2((), 1, 1, 2, *(1,), a='s', **{'h': (), 'd': t(None)}, **{'a': 2}))
    show(lambda: f1(2, 1, a=1, b=None))
    show(lambda: f5('s', g=None, zz=t(2.5), b=()))
    show(lambda: f1(1, 1, t(None)))
    show(lambda: f1(t('s'), 's'))
    show(lambda: f4(2, 1, 2))
    show(lambda: f3(*(1,) * 9, 2, **{'h': ()}))
    show(lambda: f2(1, 2.5, *range(2), *(), (), zz=(), **{'e': 's'}, **{}))
    show(lambda: f1(t(2), 2, t('s')))
    show(lambda: f1())
    show(lambda: f0(2.5, t(2.5), zz=1, b=t(1), h=2))
    show(lambda: f5(*iter((5, 6)), ()))
    show(lambda: f2(2.5, g=2.5))
    show(lambda: f1(t(1)))
    show(lambda: f5(*()))
    show(lambda: f0(*{}, t(2.5)))
    show(lambda: f2(2.5, 1, 2, h=None, **{None: 1}, zzz=()))
    show(lambda: f1(b=2, a=t(1), g=2.5))
    show(lambda: f0(*'xy', (), t(2.5), a=2.5, e=t(2), c=2.5, **{}, zzz=2))
    show(lambda: f2(c='s', a=t(()), *3, **{'e': t(())}))
    show(lambda: f3(*iter((5, 6))))
    show(lambda: f1(*{}, 's', e=(), h=2, **{'h': 1, 'c': (), 'e': ()}, **{'zz': 2, 'e': 2}, k=1))
    show(lambda: f0('s', a=1, h=None, d=1))
    show(lambda: f2(*iter((5, 6)), *(), t(2.5), **{'zz': 's', 'a': 2.5, 'c': 2}, y=2.5, **'ab', zzz=2.5))
    show(lambda: f4(t(2.5), *3, *{7: 8}, t(1), 2.5, 2))
    show(lambda: f5(a=1))
    show(lambda: f0(*(1,), t(()), **'ab', **{'e': None, 'b': t(())}))
    show(lambda: f2(None))
    show(lambda: f4())
    show(lambda: f0(*(), t(2)))
    show(lambda: f0(2, 's', t(()), t(1), *(1,)))
    show(lambda: f2(None, (), t('s'), 1))
    show(lambda: f3(None, **{'e': 1}, **[1]))
    show(lambda: f2(2.5, 2, None, (), b=2.5, zz=t(()), a=t('s')))
    show(lambda: f5((), g=(), c='s', *len, zz=1, *{}))
    show(lambda: f2(t(1), b=None, **{'h': t(1)}))
    show(lambda: f3(2, t('s'), 's', *None, *(1,) * 9, a=None, c=t(2.5)))
    show(lambda: f4(t(2.5), None, 2.5, t(1), c=t('s'), zz=2, d=2.5))
    show(lambda: f4(a=None, e=2, g=()))

for i in range(3):
    calls()
f3.__kwdefaults__ = None
calls()
f2.__defaults__ = None
calls()
f5.__defaults__ = None
calls()
