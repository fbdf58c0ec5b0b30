# dicts: order, methods, keys of several types
d = {'b': 1, 'a': 2}
d['c'] = 3
d['b'] = 10
print(d, len(d), 'a' in d, 'z' in d, d['a'], d.get('a'), d.get('z'), d.get('z', 0), list(d))
print(list(d.keys()), list(d.values()), list(d.items()))
for k, v in d.items():
    print(k, v)
print(d.pop('a'), d.pop('zz', 'none'), d, d.setdefault('n', []), d.setdefault('b', 5), d)
d.update({'x': 1, 'b': 2})
print(d, d == d.copy(), d is d.copy(), d.popitem(), d)
e = {1: 'int', 1.0: 'float', True: 'bool', '1': 'str', None: 'none', (1,): 'tuple', 2 ** 70: 'big', 2.5: 'f'}
print(e, e[1], e[None], e[2 ** 70], e[2.5])
print({}, dict(), dict(a=1, b=2), dict([(1, 2), ('k', 'v')]), dict({1: 2}))
n = {'self': None}
n['self'] = n
print(n)
def t(f):
    try:
        print(f())
    except (TypeError, KeyError, ValueError, AttributeError) as x:
        print(type(x).__name__, x)
t(lambda: {}['k'])
t(lambda: {}[(1, 2)])
t(lambda: {[]: 1})
t(lambda: {{}: 1})
t(lambda: {}.pop('k'))
t(lambda: {}.popitem())
t(lambda: {1: 1} < {2: 2})
t(lambda: {} + {})
t(lambda: {}.nope)
t(lambda: dict([1]))
t(lambda: dict(5))
big = {}
for i in range(500):
    big[i * 7 % 501] = i
print(len(big), big[0], big[7], sum(big.values()), sum(big))
for i in range(400):
    big.pop(i * 7 % 501)
print(len(big), big)
w = {}
text = 'the quick brown the lazy dog the end quick'
for word in text.split():
    w[word] = w.get(word, 0) + 1
print(w)
