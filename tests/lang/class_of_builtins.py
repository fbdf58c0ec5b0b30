# Classes derived from builtin types keep their layout; what they define comes first.
class E(Exception):
    def __init__(self, c):
        super().__init__(c)
        self.c = c
try:
    raise E(4)
except E as e:
    print(repr(e), e.c, e.args, e.__dict__)
class L(list):
    def __getitem__(self, i):
        return 'got %r' % (i,)
    def total(self): return sum(self)
l = L([1,2,3]); l.append(4); l.note = 'hi'
print(l, l[0], l.total(), l.note, len(l), l == [1,2,3,4])
class I(int):
    def __add__(self, o): return I(int(self) + o + 100)
i = I(5)
print(i, i + 1, 1 + i, i * 2, type(i + 1), type(i*2), i == 5, hash(i))
class F(float): pass
f = F(1.5); f.u = 1
print(f, f + 1, f.u, type(f), type(f+1), f == 1.5, repr(f))
class S(str):
    def shout(self): return self.upper() + '!'
s = S('abc'); print(s, s.shout(), s + 'd', {s: 1}['abc'], s == 'abc')
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
t = T(1,2,3); print(t, len(t), t[1], t == (1,2,3))
class D(dict):
    def __missing__(self, k): return k * 2
d = D(a=1); print(d, d['a'], d['q'], len(d))
class SD(dict):
    def __getitem__(self, k): return 'over ' + dict.__getitem__(self, k)
    def __setitem__(self, k, v): dict.__setitem__(self, k, v + '!')
    def keys(self): return ['fake']
sd = SD(); sd['a'] = 'b'; print(sd['a'], dict(sd), sd, sd.get('a'), len(sd), list(sd))
class ST(set): pass
st = ST([1, 2]); st.add(3); st.tag = 1; print(sorted(st), st.tag, st | {9} == {1,2,3,9}, type(st | {9}), ST() , st == {1,2,3})
class TT(tuple): pass
print(TT([1,2]) + (3,), TT('ab'), type(TT([1])[:]), TT((1,2)) == (1,2), hash(TT((1,2))) == hash((1,2)))
class SS(str): pass
print(repr(SS('q')), SS('q') * 2, type(SS('q') * 2), 'q' == SS('q'), 'a%sb' % SS('x'), SS('x').join('ab'), len(SS('abc')), SS('abc')[1], {'q': 1}[SS('q')])
class LL(list): 
    def __len__(self): return 99
    def __iter__(self): return iter('it')
print(len(LL([1])), list(LL([1])), LL([1]) == [1], LL([1]), LL([1]) + [2], bool(LL()), sorted(LL([3])))
class FF(float):
    def __repr__(self): return 'FF'
print(FF(2.5), [FF(2.5)], FF(2.5) * 2, -FF(1.5), str(FF(1)), '%.1f' % FF(2.5), f'{FF(2.5):.2f}', FF(2).is_integer(), FF('3.5') > 3)
class CC(complex): pass
print(CC(1, 2), CC(1, 2) + 1, abs(CC(3, 4)))
class BB(bytes): pass
print(BB(b'ab'), BB(b'ab') + b'c', BB(b'ab')[0])
