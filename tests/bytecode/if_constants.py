if 0:
    a = b
else:
    c
if 1:
    d
else:
    e.f = g
if "": h
if ():
    def i(): return 5
if None: j
elif 1.5: k
else: l
if -0.0: m
def f():
    if 0:
        x = 1
    return x
def g():
    if 1:
        return 1
    else:
        return 2
