# dict and set: order of insertion, and what changing them under an iteration raises.
def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)
d = {}
for i in (5, 3, "a", (1,), 2.5, None):
    d[i] = i
print(d, list(reversed(d)), list(d.items()))
del d[3]
d[3] = 1
d[5] = 0
print(d)
d.pop("a"); d.setdefault("a", 1); d.update({3: 9, 7: 7}); print(d, d.popitem(), d.popitem(), d)
print({1: "a", True: "b", 1.0: "c"}, dict([(1, 2), (3, 4), (1, 5)]), {**{1: 1, 2: 2}, 1: 3}, dict(a=1, b=2, **{"c": 3}))
for what in (dict.keys, dict.values, dict.items, iter, reversed):
    for name, change in (("add", lambda d: d.__setitem__(99, 1)), ("del", lambda d: d.pop(1)), ("clear", lambda d: d.clear()), ("replace", lambda d: d.__setitem__(1, 5)), ("del and add", lambda d: (d.pop(1), d.__setitem__(98, 1))), ("popitem", lambda d: d.popitem()), ("update", lambda d: d.update({50: 1, 51: 2}))):
        def run():
            d = {1: 1, 2: 2, 3: 3, 4: 4}
            seen = []
            it = iter(what(d))
            seen.append(next(it))
            change(d)
            try:
                for x in it:
                    seen.append(x)
                    if len(seen) > 9:
                        break
            except RuntimeError as e:
                seen.append(str(e))
                try:
                    next(it)
                except Exception as e:
                    seen.append(type(e).__name__ + str(e))
            return seen, it.__length_hint__()
        attempt(getattr(what, "__name__", what) + " " + name, run)
for name, change in (("add", lambda s: s.add(99)), ("discard", lambda s: s.discard(3)), ("clear", lambda s: s.clear()), ("add there", lambda s: s.add(2)), ("pop", lambda s: s.pop()), ("update", lambda s: s.update([7, 8])), ("swap", lambda s: (s.discard(3), s.add(77)))):
    def run():
        s = {1, 2, 3}
        it = iter(s)
        seen = [next(it)]
        change(s)
        try:
            for x in it:
                seen.append(x)
        except RuntimeError as e:
            seen.append(str(e))
            try:
                next(it)
            except Exception as e:
                seen.append(type(e).__name__ + str(e))
        return len(seen), [x for x in seen if isinstance(x, str)], it.__length_hint__()
    attempt("set " + name, run)
class Evil:
    def __init__(self, v, f): self.v, self.f = v, f
    def __hash__(self): return 7
    def __eq__(self, o):
        self.f()
        return self is o
for name, f in (("clear", lambda d: d.clear()), ("add", lambda d: d.update({i: i for i in range(50)})), ("pop", lambda d: d.popitem() if d else 0)):
    def run():
        d = {}
        on = []
        k = [Evil(i, lambda: on and f(d)) for i in range(4)]
        for x in k:
            d[x] = 1
        on.append(1)
        r = []
        for g in (lambda: d.get(k[3]), lambda: d.__contains__(Evil(9, lambda: f(d))), lambda: d.setdefault(Evil(8, lambda: f(d)), 1), lambda: d == {Evil(1, lambda: 0): 2}):
            try:
                r.append(type(g()).__name__)
            except Exception as e:
                r.append(type(e).__name__ + str(e))
        return r
    attempt("evil " + name, run)
a, b = {3, 1, 2}, frozenset([2, 3, 4])
print(a & b, type(a & b), type(b & a), a | {9} == {9, 1, 2, 3}, a - b, sorted(a ^ b), a <= {1, 2, 3}, a < {1, 2, 3}, a >= {1}, a.isdisjoint({9}), a == frozenset(a), hash(b) == hash(frozenset([4, 3, 2])))
for op in ("a & [1]", "a | 'x'", "a - None", "a < [1]", "len(a.union([1], 'xy', {3: 4}))", "a.intersection([1, 2], [2])", "a.difference([1], [2])", "a.symmetric_difference([1, 9])", "a.issubset([1, 2, 3])", "a.issuperset([1])", "a.update([1], 5)", "a.remove(99)", "a.remove([1])", "a.discard([1])", "a.add([1])", "a.add({1})", "{1} in {frozenset([1])}", "{frozenset([1])}.__contains__({1})", "{frozenset([1]): 1}.get({1})", "set().pop()", "frozenset().add(1)", "frozenset([1]).copy() is frozenset([1])", "set(5)", "set(1, 2)", "set(a=1)", "frozenset(a=1)", "set([[]])", "{}.keys() & [1]", "{1: 2}.keys() | {3: 4}.keys() == {1, 3}", "{1: 2}.items() & {(1, 2)}", "{1: 2}.keys() - [1]", "{1: 2}.keys() <= {1, 2}", "{1: 2}.values() == {1: 2}.values()", "{1: []}.items() & [1]", "{1: 2}.keys().isdisjoint([2])", "{1: [2]}.items() == {(1, 2)}", "[2] in {1: [2]}.values()", "(1, [2]) in {1: [2]}.items()", "reversed({1})", "list(reversed({1: 2}.values()))", "{}.fromkeys([3, 1], 5)", "{}.fromkeys(5)", "{}.popitem()", "{}.pop(1)", "{}.pop(1, 2, 3)", "{1: 2}.pop([])", "{}.update(5)", "{}.update([1])", "{}.update([(1, 2, 3)])", "{}.update(a=1, **{'b': 2})", "dict([1])", "dict('ab')", "dict(['ab', 'cd'])", "dict(1, 2)", "dict([[]])", "{}[[]]", "{[]: 1}", "{1: 2}[3]", "{}['k']", "{} < {}", "{} + {}", "{1: 2} == {1: 2.0}", "{1: {2: 3}} == {1: {2: 3}}", "str({1: {}})", "repr({1: 2}.keys())", "{}.__getitem__(1)", "len({1: 2}.items())", "{1: 2}.keys() == {1}", "{1: 2}.keys() == [1]", "set('hello') == set('olleh')", "sorted(set('hello'))", "{1, 2} | {3: 1}.keys() == {1, 2, 3}", "{1} - {1: 2}.keys()", "{'a': 1} | {'b': 2}"):
    try:
        exec("r = " + op if "=" not in op.split()[1:2] and "^=" not in op else op + "\nr = a")
        print(op, "->", r)
    except Exception as e:
        print(op, "->", type(e).__name__, e)
