# A number that is no place in any sequence is refused before it is seen that the class has no items.
class C: pass
class I:
    def __index__(self): print('i'); return 1 << 70
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def d(k):
    del C()[k]
def s(k):
    C()[k] = 1
for k in 1, 1 << 70, True, 'a', 2.5, I(), slice(1, 2), None, -(1 << 70):
    t(lambda: C()[k]); t(lambda: s(k)); t(lambda: d(k))
