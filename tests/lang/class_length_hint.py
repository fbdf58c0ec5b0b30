# Who makes room before taking all items asks for `__len__` or `__length_hint__`; a TypeError says "unknown".
class O:
    def __len__(self):
        print('len'); raise AttributeError('y')
    def __iter__(self):
        return iter((1,2))
class H:
    def __length_hint__(self):
        print('hint'); raise AttributeError('y')
    def __iter__(self):
        return iter((1,2))
class N:
    def __length_hint__(self):
        print('hint'); return 'x'
    def __iter__(self):
        return iter((1,2))
class T:
    def __length_hint__(self):
        print('hint'); raise TypeError('x')
    def __len__(self):
        print('len'); raise TypeError('x')
    def __iter__(self):
        return iter((1,2))
class M:
    def __length_hint__(self):
        print('hint'); return -5
    def __iter__(self):
        return iter((1,2))
class G:
    def __length_hint__(self):
        print('hint'); return NotImplemented
    def __iter__(self):
        return iter((1,2))
class Big:
    def __length_hint__(self):
        print('hint'); return 1<<70
    def __iter__(self):
        return iter((1,2))
def f(*a, **k): return a
def ext(o):
    l = []
    l.extend(o)
    return l
def iadd(o):
    l = []
    l += o
    return l
def sl(o):
    l = [1]
    l[:] = o
    return l
def un(o):
    a, b = o
    return a
for c in (O, H, N, T, M, G, Big):
    for n, g in dict(call=lambda o: f(*o), call2=lambda o: f(1, *o), list=list, tuple=tuple, disp=lambda o: [*o], tdisp=lambda o: (*o, 1), sdisp=lambda o: {*o}, set=set, extend=ext, iadd=iadd, slice=sl, sorted=sorted, sum=sum, max=max,
       unpack=un, pairs=lambda o: dict([o, 'ab']), comp=lambda o: [v for v in o], join=lambda o: ''.join(o), dict=lambda o: dict.fromkeys(o), enum=lambda o: list(enumerate(o)), map=lambda o: list(map(abs, o)), zip=lambda o: list(zip(o, o)), filter=lambda o:list(filter(None, o)), rev=lambda o: list(iter(o)), bytes=bytes, frozen=frozenset, any=any, inn=lambda o: 2 in o).items():
        try:
            print(c.__name__, n, g(c()))
        except BaseException as e:
            print(c.__name__, n, type(e).__name__, e)
