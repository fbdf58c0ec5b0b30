x = a if b else c
x = (a if b else c) if d else e
x = a if not b else c
x = a if b and c else d
def f(a):
    return 1 if a else 2
if (a if b else c): d
if not (a if b else c): d
x = 1 if 0 else 2
x = a if 1 else b
