# Every operator of a class that defines its method.
# more of the machinery
class V:
    def __init__(self, x): self.x = x
    def __repr__(self): return 'V(%r)' % self.x
    def __sub__(self, o):
        if isinstance(o, V): return V(self.x - o.x)
        return NotImplemented
    def __rsub__(self, o): return ('rsub', o)
    def __iadd__(self, o): self.x += o; return self
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return hash(self.x)
    def __eq__(self, o): return isinstance(o, V) and o.x == self.x
    def __bool__(self): return self.x > 0
    def __neg__(self): return V(-self.x)
    def __call__(self, *a, **k): return (self.x, a, k)
    def __contains__(self, y): return y == self.x
    def __index__(self): return self.x
    def __format__(self, spec): return 'fmt<%s>' % spec
    def __int__(self): return 42
    def __float__(self): return 4.25
    def __complex__(self): return 1+2j
    def __round__(self, n=None): return ('round', n)
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return 'divmod'
    def __rdivmod__(self, o): return 'rdivmod'
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __matmul__(self, o): return 'mat'
    def __reversed__(self): return iter('rev')
    def __dir__(self): return ['b', 'a']
    def __sizeof__(self): return 5
    def __bytes__(self): return b'by'
    def __trunc__(self): return 3
v = V(3)
print(v - V(1), 5 - v, -v, v < V(4), v > V(4), sorted([V(3), V(1)]), {V(1): 2}[V(1)])
v += 4; print(v, bool(v), bool(V(0)), v(1, a=2), 7 in v, [0]*8 and list(range(10))[V(2)])
print(f'{v:abc}', format(v), int(v), float(v), complex(v), round(v), round(v, 2), abs(v))
print(divmod(v, 1), divmod(1, v), v ** 2, pow(v, 2, 3), v @ 1, v[1:2], v['k'], list(reversed(v)), dir(v))
v[1] = 2; del v[3]
try: v - 'a'
except TypeError as e: print(e)
try: v << 1
except TypeError as e: print(e)
try: v < 1
except (TypeError, AttributeError) as e: print(type(e).__name__, e)
print(hex(V(255)), 'abc'[V(1)], [1,2,3,4][V(1):V(3)], list(range(V(3))))
