# lists: subscripts, methods, identity, nesting
a = [3, 1, 2]
a.append(5)
a.extend((7, 8))
a.insert(1, 'i')
print(a, len(a), a[0], a[-1], a.index(5), a.count(3), a.pop(), a.pop(0), a)
a.remove('i')
a.reverse()
print(a, a + [1], a * 2, 2 * [0], [] * 5, 5 in a, 9 not in a)
a.sort()
b = a.copy()
b.append(0)
print(a, b, a == b, a is a, [a, a])
a.clear()
print(a, list('abc'), list(range(3)), list((1, 2)), list({'k': 1}), list())
m = [[0] * 3] * 2
m[0][1] = 9
print(m, m[0] is m[1])
c = [1]
c.append(c)
print(c, c[1] is c)
c[0] = c
print(c)
def t(f):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, AttributeError) as e:
        print(type(e).__name__, e)
t(lambda: [][0])
t(lambda: [1][-2])
one = [1]
t(lambda: one['a'])
t(lambda: one[1.0])
t(lambda: [1] + (2,))
t(lambda: [1] + 5)
t(lambda: [].pop())
t(lambda: [1].pop(5))
t(lambda: [1].remove(2))
t(lambda: [1].index(2))
t(lambda: [].foo)
t(lambda: [1] * 'a')
t(lambda: [1] * 1.5)
t(lambda: -[1])
def setit():
    x = [1]
    x[1] = 2
t(setit)
def setstr():
    x = [1]
    x['k'] = 2
t(setstr)
def hot(n):
    out = []
    for i in range(n):
        out.append(i * i)
        if len(out) > 10:
            out.pop(0)
        out[-1] = out[-1] + 1
    return out
print(hot(300))
