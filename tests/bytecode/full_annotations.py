def f(a: int, b: "x" = 1, *c: d, e: f = 2, **g: h) -> i:
    x: int = 1
    y: str
    (z): int = 3
    a.b: c = d
x: int = 1
y: z
a[b]: c
