a.b
a.b.c
a.b = c.d
a().b
(1).real
1.5.real
"x".join
a.__b
a.b.c.d.e = 1
