"""Every operator and builtin on classes derived from the builtin ones, whose methods say that they were called:
which of them CPython asks, how often and in which order."""
LOG = []
NAMES = '''__len__ __iter__ __getitem__ __contains__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __int__
__index__ __float__ __complex__ __str__ __repr__ __format__ __add__ __radd__ __iadd__ __mul__ __rmul__ __imul__ __sub__ __rsub__ __and__ __rand__
__or__ __ror__ __xor__ __mod__ __rmod__ __neg__ __abs__ __round__ __trunc__ __divmod__ __pow__ __lshift__ __invert__ __pos__
__reversed__ __missing__ keys items values get update pop popitem append extend insert index count copy sort encode decode join
lower upper __length_hint__ __bytes__ __setitem__ __delitem__ __floordiv__ __truediv__ __rfloordiv__ __rtruediv__ __floor__ __ceil__'''.split()


def make(base):
    def method(name):
        was = getattr(base, name)

        def call(self, *a, **k):
            LOG.append(name)
            return was(self, *a, **k)
        return call
    return type('C', (base,), {n: method(n) for n in NAMES if hasattr(base, n)})


TESTS = '''o + o|o + 1|1 + o|o * 2|2 * o|o - o|o % 3|o % (1,)|"%s %r" % (o, o)|"%s" % o|"%d" % o|"%x" % o|"%c" % o|"%5s" % o|"%.1f" % o|b"%s" % o|b"%d" % o|o & o|o \| o|o ^ o|o - {1}|{1} - o|{1} \| o|{1} & o|{1} ^ o
o == o|o != o|o < o|o <= o|o > 1|o >= "a"|o in [o]|[o].index(o)|[1, o].count(o)|[o] == [o]|(o, 1) < (o, 2)|{o: 1}|{o}|o in {1, 2}|{1: 2}.get(o)|len(o)|bool(o)|not o|1 if o else 2|o and 1|o or 1
int(o)|float(o)|complex(o)|str(o)|repr(o)|ascii(o)|bytes(o)|bytearray(o)|list(o)|tuple(o)|set(o)|frozenset(o)|dict(o)|sorted(o)|min(o)|max(o)|sum(o)|any(o)|all(o)|list(map(str, o))|list(filter(None, o))|list(zip(o, o))|list(enumerate(o))|list(reversed(o))|list(iter(o))|next(iter(o))
[*o]|(*o,)|{*o}|{**o}|print(*o)|(lambda *a, **k: (a, sorted(k)))(*o)|(lambda *a, **k: (a, sorted(k.items())))(**o)|[x for x in o]|{x for x in o}|(lambda a, *b: (a, b))(*o)
o[0]|o[-1]|o[0:1]|o[::2]|o[o]|[1, 2, 3, 4, 5, 6, 7, 8, 9][o]|"abcdefghijkl"[o]|(1, 2, 3)[o]|[1, 2, 3][o:]|range(10)[o]|list(range(2))[o:o]|[1] * o|"a" * o|b"a" * o|(1,) * o
1 in o|"a" in o|o in o|o in "abc"|o.index(1)|o.count(1)|o.copy()|o.find("a")|"abab".find(o)|"abab".replace(o, "x")|"abab".split(o)|"abab".count(o)|"abab".startswith(o)|"a,b".join(o)|o.join(["a", "b"])|o.split()|o.upper()|o.strip()|o.replace("a", "b")|o.encode()|o.ljust(5)|o.isdigit()|o.title()|o.partition("a")|o.startswith("a")|o.startswith(("b", "a"))|o.splitlines()|o.translate({97: "x"})|"abc".translate(o)|"{}".format(o)|"{:5}".format(o)|"{0!r}".format(o)|f"{o}"|f"{o!r}"|f"{o:>4}"|format(o)|format(o, "5")|format(1, o)
abs(o)|-o|+o|~o|round(o)|round(2.5, o)|divmod(o, 3)|divmod(30, o)|pow(o, 2)|pow(2, o)|pow(2, o, 5)|o ** 2|2 ** o|o << 1|1 << o|o // 2|30 // o|o / 2|30 / o|30 % o|30 - o|ord(o)|hex(o)|oct(o)|bin(o)|int("11", o)|int(o, 16)|math.floor(o)|math.ceil(o)|math.sqrt(o)|math.gcd(o, 3)|math.isnan(o)|math.trunc(o)|math.factorial(o)|math.fsum(o)|math.hypot(o, o)|math.copysign(o, o)
o.keys()|list(o.keys())|list(o.items())|list(o.values())|o.get(1)|o.get(5, 6)|o.pop(1)|o.pop()|o.popitem()|o.setdefault(1, 2)|o.setdefault(9, 2)|o.update(o)|{}.update(o)|{1: 1}.update(o)|dict.fromkeys(o)|dict(o, a=1)|o.clear()|o.append(1)|o.extend(o)|o.extend([1])|[].extend(o)|o.insert(0, 1)|o.insert(o, 1)|o.remove(1)|o.reverse()|o.sort()|o.sort(key=repr)|o.add(1)|o.discard(1)|o.union(o)|o.intersection(o)|o.issubset(o)|o.issuperset(o)|o.isdisjoint(o)|o.difference(o)|o.symmetric_difference(o)|{1}.union(o)|{1}.issubset(o)|{1}.update(o)|{1}.intersection(o)
o.__setitem__(0, 1)|o.__delitem__(0)|o.__reduce_ex__(2)[1]|o.__contains__(1)|setattr(M, o, 1)|isinstance(o, int)|type(o)(o)|copy.copy(o)|copy.deepcopy(o)|"".join([o, o])|b"".join([o, o])|str(b"ab", o)|"ab".encode(o)|"a".center(o)|"ab".zfill(o)|itertools.islice([1, 2, 3], o)|list(itertools.chain(o, o))|list(itertools.repeat(1, o))|functools.reduce(lambda a, b: a, o)|collections.deque(o)|collections.Counter(o)|collections.OrderedDict(o)|operator.index(o)|operator.length_hint(o)|operator.getitem(o, 0)|operator.concat(o, o)|operator.contains(o, 1)|operator.countOf(o, 1)|operator.indexOf(o, 1)|sum([o, o])|sum(o, 1)|min(o, o)|max([o, o])|memoryview(o).tolist()|bytes([1, 2]).find(o)|bytes(3).join(o)|b"ab" + o|bytearray(b"ab") + o|bytearray(b"ab").extend(o)|bytearray(b"ab").append(o)|"ab" + o|[1] + o|(1,) + o|print(o, end="")|eval(o)|compile(o, "a", "eval") and 1|exec(o)|int.from_bytes(o, "big")|o.to_bytes(2, "big")|o.bit_length()|o.hex()|o.fromhex("00")|o.is_integer()|o.as_integer_ratio()|o.conjugate()|o.real|o.numerator'''
import math, copy, itertools, functools, collections, operator


class M:
    pass


def show(r, deep=2):
    t = type(r)
    if t in (int, str, float, bool, bytes, bytearray, complex, type(None)):
        return repr(r)
    n = len(LOG)
    if isinstance(r, (list, tuple)) and deep:
        out = t.__name__ + '[' + ', '.join(show(x, deep - 1) for x in (list if isinstance(r, list) else tuple).__iter__(r)) + ']'
    elif isinstance(r, dict) and deep:
        out = t.__name__ + '{' + ', '.join(show(k, 0) + ':' + show(dict.__getitem__(r, k), 0) for k in dict.__iter__(r)) + '}'
    elif isinstance(r, (set, frozenset)):
        out = t.__name__ + str(set.__len__(r) if isinstance(r, set) else frozenset.__len__(r))
    else:
        out = t.__name__
    del LOG[n:]
    return out


def run(cases):
    for base, arg in cases:
        C = make(base)
        for e in TESTS.replace('\\|', '\1').replace('\n', '|').split('|'):
            e = e.replace('\1', '|')
            o = C(arg)
            LOG.clear()
            try:
                r = eval(e)
            except Exception as x:
                log = LOG[:]
                r = f'{type(x).__name__} {str(x)[:120]}'
            else:
                log = LOG[:]
                r = show(r)
            if 'Attribute' not in r:
                print(base.__name__, e, '->', r, *log)


run([(list, [1, 2]), (tuple, (1, 2)), (str, 'ab'), (bytes, b'ab'), (bytearray, b'ab'), (dict, {1: 2}), (set, [1, 2]), (frozenset, [1, 2]), (int, 7), (float, 2.5), (complex, 2)])
