# types.coroutine: a generator that may be awaited.
import types

@types.coroutine
def pause(x):
    got = yield x
    return got * 2

async def work():
    a = await pause('first')
    b = await pause('second')
    return a + b

c = work()
print(c.send(None))
print(c.send(10))
try:
    c.send(5)
except StopIteration as e:
    print('result', e.value)

def plain():
    return iter([1])
class Gen:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self): return self.send(None)
    def send(self, v):
        self.n += 1
        if self.n > 2:
            raise StopIteration('end')
        return self.n
    def throw(self, *a): raise a[0]
    def close(self): pass
wrapped = types.coroutine(Gen)
async def outer():
    return await wrapped()
c = outer()
print(c.send(None), c.send(None))
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
try:
    types.coroutine(3)
except TypeError as e:
    print(e)
print(types.coroutine(pause) is pause, bool(pause.__code__.co_flags & 0x100))
