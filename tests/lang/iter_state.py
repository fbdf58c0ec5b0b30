# Iterators: length hints, __reduce__, __setstate__, exhaustion.
def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)
def hint(it):
    try:
        return it.__length_hint__()
    except AttributeError as e:
        return "none"
made = {"list": lambda: iter([1, 2, 3]), "tuple": lambda: iter((1, 2, 3)), "str": lambda: iter("a\u00e9c"), "bytes": lambda: iter(b"abc"), "bytearray": lambda: iter(bytearray(b"abc")), "range": lambda: iter(range(3)), "longrange": lambda: iter(range(2**70, 2**70 + 3)), "dict": lambda: iter({1: 1, 2: 2, 3: 3}), "values": lambda: iter({1: 1, 2: 2, 3: 3}.values()), "items": lambda: iter({1: 1, 2: 2, 3: 3}.items()), "set": lambda: iter({1, 2, 3}), "reversed list": lambda: reversed([1, 2, 3]), "reversed tuple": lambda: reversed((1, 2, 3)), "reversed range": lambda: reversed(range(3)), "reversed dict": lambda: reversed({1: 1, 2: 2, 3: 3}), "enumerate": lambda: enumerate("abc", 5), "zip": lambda: zip("abc", [1, 2, 3]), "map": lambda: map(str, [1, 2, 3]), "filter": lambda: filter(None, [1, 0, 2, 3]), "callable": lambda: iter([1, 2, 3].pop, 9)}
for name, make in made.items():
    it = make()
    row = [type(it).__name__, hint(it), iter(it) is it]
    for _ in range(5):
        try:
            row.append(next(it, "end"))
        except IndexError as e:
            row.append(str(e))
            break
        row.append(hint(it))
    print(name, row)
for name, make in made.items():
    for skip in (0, 1, 3, 4):
        def run():
            it = make()
            try:
                for _ in range(skip):
                    next(it, None)
            except IndexError:
                pass
            r = it.__reduce__()
            f, args = r[0], r[1]
            if name in ("callable", "map", "filter", "zip", "enumerate"):
                return getattr(f, "__name__", f), len(args), len(r)
            it2 = f(*args)
            if len(r) > 2:
                it2.__setstate__(r[2])
            return getattr(f, "__name__", f), list(it2), r[2:] if "range" not in name else None
        attempt(name + " reduce %d" % skip, run)
for name in ("list", "tuple", "str", "bytes", "bytearray", "reversed list", "reversed tuple"):
    for state in (0, 1, 2, 3, 9, -1, -9, "x", None):
        def run():
            it = made[name]()
            it.__setstate__(state)
            return list(it)
        attempt("%s setstate %r" % (name, state), run)
L = [1, 2, 3]
it = iter(L)
list(it)
L.append(4)
print(list(it), hint(it))
it = reversed(L)
next(it)
L.clear()
print(list(it), hint(it))
it = iter(L)
L.extend([1, 2])
print(next(it), hint(it), L.pop(), hint(it), next(it, "end"), hint(it))
class Seq:
    def __len__(self): return 4
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
it = iter(Seq())
print(type(it).__name__, hint(it), next(it), hint(it), list(it), hint(it), list(reversed(Seq())), hint(reversed(Seq())))
attempt("seq reduce", lambda: iter(Seq()).__reduce__()[0].__name__)
