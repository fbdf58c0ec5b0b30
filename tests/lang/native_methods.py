# Methods of builtin objects, found once and called directly.
def appends(n):
    out = []
    for i in range(n):
        out.append(i)
    return len(out), out[-1]
print(appends(3000))
def words(all):
    n = 0
    for w in all:
        n += len(w.upper()) + w.count("a")
    return n
print(words(["abc", "banana", ""] * 1000))
class_changes = [[1, 2, 1], (1, 1), "1", b"1"]
def counts(n):
    s = 0
    for i in range(n):
        x = class_changes[i // (n // 2)]
        s += x.count(1)
    return s
print(counts(3000))
def mixed(n):
    s = 0
    for i in range(n):
        s += len([].copy() if i % 3 else {}.copy())
        s += (5).bit_length() + (2.5).is_integer()
        s += {"a": i}.get("a", 0) + {"a": i}.get("b", 1)
    return s
print(mixed(3000))
def wrong(n, k):
    out = []
    for i in range(n):
        try:
            if i == k:
                out.append(1, 2)
            elif i == k + 1:
                out.apend(1)
            elif i == k + 2:
                "".append(1)
            elif i == k + 3:
                out.append(x=1)
            elif i == k + 4:
                out.remove("there is none")
            else:
                out.append(i)
        except (TypeError, AttributeError, ValueError) as e:
            print(type(e).__name__, e)
    return len(out)
print(wrong(3000, 2500))
# The class's own function, another receiver.
def unbound(n):
    f = list.append
    l = []
    for i in range(n):
        f(l, i)
    return len(l)
print(unbound(2500))
def own(n):
    def f(x):
        return x
    f.append = lambda x: -x
    s = 0
    for i in range(n):
        o = f if i % 2 else []
        r = o.append(i)
        s += r or 0
    return s
print(own(3000))
def pops(l):
    for i in range(4000):
        l.pop()
pops([0] * 3500)
