a and b
a or b
x = a and b and c
x = a or b or c
x = a and b or c
x = (a or b) and c
x = a and (b or c) and d
x = not a and b
x = not (a and b)
x = a or b and c or d
def f(a, b):
    return a and b
def g(a, b):
    return (a or b) and (b or a)
if (a and b) or (c and d): e
while a and (b or not c): d
