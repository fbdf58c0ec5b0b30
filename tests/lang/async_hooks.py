# sys.set_asyncgen_hooks: who hears of asynchronous generators.
import sys


def run(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return e.value


async def agen():
    yield 1
    yield 2


first = []
print(sys.get_asyncgen_hooks(), sys.get_asyncgen_hooks().firstiter)
sys.set_asyncgen_hooks(firstiter=lambda g: first.append(g.__name__))
print(sys.get_asyncgen_hooks().firstiter is not None, sys.get_asyncgen_hooks().finalizer)


async def use():
    g = agen()
    r = [await g.__anext__(), await g.asend(None)]
    h = agen()
    await h.aclose()
    return r


print(run(use()), first)
for bad in (lambda: sys.set_asyncgen_hooks(firstiter=1), lambda: sys.set_asyncgen_hooks(finalizer='x'), lambda: sys.set_asyncgen_hooks(1, 2)):
    try:
        bad()
    except TypeError as e:
        print(e)
sys.set_asyncgen_hooks(None)
print(list(sys.get_asyncgen_hooks()))
