# In which order the parts of every construct are evaluated.
log = []


def n(x, v=None):
    log.append(x)
    return v if v is not None else x


def show():
    print(' '.join([str(x) for x in log]))
    log.clear()


d = {}
n('c', d)[n('k')] = n('v')
show()
n('c', d)[n('k')] += n('v')
show()
n('a', d)[n(1)] = n('b', d)[n(2)] = n('v')
show()
{n('k1'): n('v1'), n('k2'): n('v2'), **n('m', {}), n('k3'): n('v3')}
show()
[n(1), *n('s', []), n(2)]
show()
{n(1), n(2)}
show()
n(5) < n(6) < n(2) < n(9)
show()
n([1, 2, 3], [1, 2, 3])[n(0, 0):n(2, 2):n(1, 1)]
show()
print(f'{n("a")}{n("b"):{n("c", "5")}}')
show()
x = n('then') if n('cond') else n('else')
show()
(lambda a=n('d1'), *, b=n('d2'): 0)(n('a1'), b=n('a2'))
show()
a, *b = n('left', [1]), n('right')
show()
assert n('test'), n('message')
show()
del n('c', d)[n('k')]
show()
try:
    raise n('exc', ValueError()) from n('cause', KeyError())
except ValueError:
    show()
for i in n('iter', [1, 2]):
    n(i)
else:
    n('else')
show()
[n(i) for i in n('it', [1, 2]) if n('if')]
show()
{n('key%d' % i): n('val%d' % i) for i in n('it', [1, 2])}
show()
n('a', 0) or n('b', 0) or n('c')
show()
n('f', print)(*n('args', ()), **n('kw', {}))
show()
n('o', n).x = n('value')
show()
