a = not x in y
b = not x is y
c = not x not in y
d = not x is not y
e = not x == y
f = not x < y
g = not (a < b < c)
h = not not x
if not x in y: pass
if not (x is
   y): pass
while not (a in b in c): pass
