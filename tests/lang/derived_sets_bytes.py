# Classes derived from bytes, frozenset and set where the base makes or shows an instance.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', r if isinstance(r, (int, str, bytes, float, list, tuple, dict, set, frozenset, type(None))) else type(r).__name__)
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), repr(e.__context__) if not e.__cause__ else '')
class BS(bytes):
    def __new__(cls, *a): print('new', cls.__name__, a); return bytes.__new__(cls, *a)
    def __init__(self, *a): print('init', a)
class BA(bytearray):
    def __init__(self, *a): print('init', a); bytearray.__init__(self, *a)
r = BS.fromhex('6162'); print(type(r), r)
r = BA.fromhex('6162'); print(type(r), r)
class BW(bytes):
    def __new__(cls, *a): return 5
print(BW.fromhex('61'))
class FS(frozenset): pass
o = FS([1]); r = frozenset(o); print(type(r), r is o, r)
o = frozenset([1]); print(frozenset(o) is o, FS(o) is o, type(FS(o)))
o = FS([1]); print(o.copy() is o, type(o.copy()), type(o | {2}), type(o - {2}))
class S(set):
    def __iter__(self): return iter(['a', 'b'])
print(S([1, 2]), repr(S()), S([3]))
class FI(frozenset):
    def __iter__(self): return iter(['a', 'b'])
print(FI([1, 2]), list(S([1])), set(S([1])), sorted(S([1])), len(S([1])))
class S2(set):
    def __len__(self): return 0
print(S2([1]))
class S3(set):
    def __iter__(self): raise KeyError('it')
show(repr, S3([1])); show(repr, S3())
show(lambda: bytes.fromhex(5)); show(lambda: bytes.fromhex('6')); show(lambda: bytes.fromhex('zz'))
show(lambda: S([1]) == {1}); show(lambda: S([1]) | {5}); show(lambda: {5} | S([1])); show(lambda: {5}.union(S([1])))
