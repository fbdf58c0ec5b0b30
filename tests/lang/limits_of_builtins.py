# Builtins at the edges of their arguments, and values that refer to themselves.
def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: min(key=len))
show(lambda: max(default=1))
show(lambda: sum(start=1))
show(lambda: sorted(key=len))

u = UnicodeTranslateError("abc", 0, 1, "why")
u.end = -2 ** 63 + 1
show(lambda: str(u))
u.start = 2 ** 63 - 1
show(lambda: str(u) != "")

t = ()
for _ in range(12):
    t = (t, t)
print(hash(t) == hash(t), t == t, {t: 1}[t])
