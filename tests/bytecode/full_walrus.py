if (n := len(a)) > 10: n
x = [y := 1, y ** 2]
while (b := f()): b
z = [w for v in a if (w := v)]
(c := 1 + 2)
