"""Ranges and slices of instances of a class derived from int ask its own operators, where CPython asks them."""
LOG = []
class I(int):
    pass
def mk(n):
    was = getattr(int, n)
    def call(self, *a):
        LOG.append(n)
        return was(self, *a)
    return call
for n in '__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __lt__ __le__ __gt__ __ge__ __eq__ __ne__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __index__ __int__ __bool__ __neg__ __hash__ __divmod__'.split():
    setattr(I, n, mk(n))
def t(e):
    LOG.clear()
    try: r = eval(e)
    except Exception as x: r = x
    log = LOG[:]
    s = repr(r)
    print(e, s, type(r).__name__, *log)
for e in '''range(I(5))|range(I(1), I(5))|range(I(1), I(9), I(2))|range(I(9), I(1), I(-2))|range(I(1), 5, 0)|len(range(I(5)))|list(range(I(5)))|range(10)[I(3)]|range(10)[I(1):I(5)]|range(10)[I(-1)]|range(10)[::I(2)]|I(3) in range(10)|I(33) in range(10)|I(3) in range(0, 10, 2)|range(10).index(I(3))|range(10).count(I(3))|range(10).index(I(30))|range(I(10)) == range(10)|hash(range(I(3)))|range(I(3)).start|range(I(3)).stop|type(range(I(3)).stop)|range(I(3), I(5)).start|range(I(0), I(5), I(1)).step|list(reversed(range(I(3))))|range(I(10))[I(2)]|range(I(2), I(10))[I(2)]|range(I(2), I(10))[I(2):I(4)]|range(I(2), I(10), I(3))[1:]|slice(I(1), I(2)).indices(I(10))|slice(I(-1), I(2)).indices(10)|slice(None, I(-20), I(-1)).indices(10)|slice(I(1), I(2), I(0)).indices(10)|slice(1,2) == slice(I(1), I(2))|slice(I(1)) < slice(2)|[1,2,3,4][I(1):I(3)]|[1,2,3,4][I(-1):]|"abcdef"[I(1):I(4):I(2)]|(1,2,3)[I(0)]|bytes(I(3))|bytearray(I(3))|bytes([I(3)])|[0]*I(3)|I(3)*[0]|"a"*I(2)|I(2)*"a"|list(range(I(2))*2)|sum(range(I(4)))|max(range(I(4)))|range(I(2)).__reduce__()|bool(range(I(2)))|bool(range(I(0)))|list(zip(range(I(2)), range(I(3))))|[x for x in range(I(3))]|range(I(2)**70, I(2)**70+I(2))|len(range(I(2**70), I(2**70+3)))|I(2**70) in range(2**70, 2**70+3)|range(2**70)[I(5)]|range(2**70)[I(-5)]|range(2**70)[I(5):I(2**69)]|enumerate([1], I(5)).__next__()|round(2.567, I(1))|int("11", I(2))|chr(I(65))|divmod(7, I(2))|pow(2, I(3), I(5))|abs(I(-3))|sorted([I(3), I(1), I(2)])|max(I(1), I(2))|min([I(2), I(1)])|sum([I(1), I(2)])|[1,2,3].index(I(2))|[1,2,3].pop(I(0))|[1,2].insert(I(0), 5)|{I(1): 2}[1]|{1: 2}[I(1)]|set([I(1), 1])|hex(I(10))|"%d" % I(3)|"%x" % I(3)|"{:d}".format(I(3))|f"{I(3):5}"|f"{I(3)}"|str(I(3))|repr(I(3))|bool(I(0))|I(0) or 5|not I(0)|float(I(2))|complex(I(2))|I(5).bit_length()|I(5).to_bytes(I(2), 'big')|memoryview(b'abc')[I(1)]|b'abc'[I(1)]|'abc'.find('c', I(1))|'abc'.ljust(I(5))|'a b c'.split(' ', I(1))|'abc'.center(I(6), '*')|'aaa'.replace('a', 'b', I(2))|'abc'.zfill(I(5))|'a\tb'.expandtabs(I(4))|__import__('itertools').islice(range(9), I(3)).__next__()|list(__import__('itertools').islice(range(9), I(1), I(5), I(2)))|list(__import__('itertools').repeat(1, I(2)))|__import__('itertools').count(I(1)).__next__()|__import__('math').gcd(I(6), I(4))|__import__('math').factorial(I(5))|list(__import__('itertools').combinations([1,2,3], I(2)))|__import__('collections').deque([1,2,3], I(2))|__import__('math').comb(I(5), I(2))|__import__('math').perm(I(5), I(2))|__import__('math').isqrt(I(10))|__import__('math').ldexp(1.5, I(3))|__import__('math').floor(I(3))'''.split('|'):
    t(e)
