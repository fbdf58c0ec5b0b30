for i in a: b
for i in a:
    if b: break
    if c: continue
    d
else:
    e
for x, y in z:
    for (a, (b, c)), d in e: f
for a.b in c: d
for a[b] in c: d
for [p, q] in r: s
