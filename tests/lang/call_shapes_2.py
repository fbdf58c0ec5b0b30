def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

def t(x):
    print(end='%r ' % (x,))
    return x

def f0(a, b, /, *, c):
    return (a, b, c, )
def f1(a, b, c, *, d, e):
    return (a, b, c, d, e, ), (lambda: a)()
def f2(a, b, c, *, d, e):
    return (a, b, c, d, e, ), (lambda: a)()
def f3(a, b, /, *, c=200, d=201):
    return (a, b, c, d, )
def f4(a, *, b=200, **kw):
    return (a, b, kw, ), (lambda: a)()
def f5(**kw):
    return (kw, )

def calls():
    show(lambda: f0(*'xy'))
    show(lambda: f4(t(()), 2, None))
    show(lambda: f3(None, t(None), t(2)))
    show(lambda: f5(*(1, 2), (), t('s'), ()))
    show(lambda: f4(*[3, 4, 5], *{7: 8}, ()))
    show(lambda: f3('s', None, *None, t(1), *{7: 8}, **{'zz': None, 'b': 1}))
    show(lambda: f5(None, 1, 2))
    show(lambda: f5(*(1,) * 9, b=2, a=()))
    show(lambda: f1((), h=2.5))
    show(lambda: f3(1, t(1), None, None, g=1, *(1,), zz=t(1), **{'b': 2.5}, **'ab', k=t(2.5)))
    show(lambda: f5(1, c='s', g='s'))
    show(lambda: f4((), *len, **{}, y=t(()), **3, zzz=2.5))
    show(lambda: f3(2, t(None), t(2), (), *'xy', d=2, g=t(2), **[1], y=t(2), **{'c': 1}))
    show(lambda: f4(*range(2), (), (), **{'g': 1, 'a': None}))
    show(lambda: f1('s', t(1), *3, t(None)))
    show(lambda: f0('s', 's', t(2.5), 2, zz=2.5, *range(2), h='s', d=t(None)))
    show(lambda: f1('s', *(1,) * 9, None, 's', a=(), **{'zz': 1}, **{'h': 2.5, 'zz': t('s'), 'b': 2}, y=None))
    show(lambda: f4(1, *range(2), *{}, a=None, h=None, **{'h': (), 'a': 2}, **{'c': 1}))
    show(lambda: f3(2, 2, t('s')))
    show(lambda: f1(2, 2, e='s', c=2, **{'d': None, 'b': (), 'c': 1}, **{}, y=t(())))
    show(lambda: f0(*[3, 4, 5], 's'))
    show(lambda: f2(**{}))
    show(lambda: f3())
    show(lambda: f0(1, 's', 2, h=t(None), b=1))
    show(lambda: f3(2.5, e=2.5))
    show(lambda: f2('s', 2, c=()))
    show(lambda: f0((), None, 's', h=(), a=2))
    show(lambda: f2(*(1,), None, *range(2), 's', b=(), zz=None, **{}))
    show(lambda: f2(None, 2.5))
    show(lambda: f5(2, c=t(2)))
    show(lambda: f5(*(), t(2.5)))
    show(lambda: f5(t('s')))
    show(lambda: f2(t('s'), g=2.5, *(1,)))
    show(lambda: f3(None, 2.5, 1, b=(), zz=t(1)))
    show(lambda: f3())
    show(lambda: f2('s', t(2), 's', *[3, 4, 5], *'xy', t('s'), **{'a': 's'}, **{}))
    show(lambda: f5(2.5, b=2, g=2.5))
    show(lambda: f4('s', 's', t(None)))
    show(lambda: f0(1, t(1), (), zz=2, d=t(1), a=2.5))
    show(lambda: f4(t(1), *[3, 4, 5], 2, **{'c': 2, 'b': 2.5, 'e': 1}))

for i in range(3):
    calls()
f1.__defaults__ = (7,)
calls()
f5.__defaults__ = ()
calls()
def swap():
    f4.__code__ = f5.__code__
show(swap)
calls()
