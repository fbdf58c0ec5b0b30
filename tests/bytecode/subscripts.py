a[b]
a[1]
a[b][c]
a[b, c]
a[1, 2]
a[b] = c
a[()]
a[(1,)]
a[b.c[d]]
a["k"]["l"] = m
