# A coroutine that was never awaited is named when it dies.
import gc


async def f():
    pass


async def awaited():
    await f()


def make():
    f()


make()
gc.collect()
c = f()
c.close()
c = awaited()
try:
    c.send(None)
except StopIteration as e:
    print('ended')
del c
gc.collect()
print('end')
