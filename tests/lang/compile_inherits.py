# compile() takes over the features of __future__ that the code which calls it was compiled with, not those of the
# code around that, when both have become native, too.
ours = {}
exec("from __future__ import annotations\ndef make(text): return compile(text, '<text>', 'exec')", ours)
make = ours['make']
text = 'def g(x: not_there): pass'


def through(text):
    return make(text)


def plain(text):
    return compile(text, '<text>', 'exec')


def wrong(text):
    ns = {}
    try:
        exec(plain(text), ns)
    except NameError as e:
        return str(e)
    return ns['g'].__annotations__


seen = set()
for i in range(400):
    ns = {}
    exec(through(text), ns)
    seen.add(str(ns['g'].__annotations__))
    seen.add(str(wrong(text)))
print(sorted(seen))
print(sorted({str(c.co_flags) for c in map(make, [text] * 300)}))
