x = f(1, f(2, f(3, f(4, f(5, [6, (7, x), {8: 9, y: 10}])))))
y = a + (b + (c + (d + (e + f))))
z = a < b < (c < d < (e < f < g))
def f(a):
    for i in a:
        for j in i:
            try:
                g(i, j, h(1, 2, 3))
            except E as e:
                k(e, [1, 2, 3, 4, 5, 6, 7, 8])
            finally:
                l(1, 2)
