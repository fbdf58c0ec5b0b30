x = (1 +
     a +
     b)
f(a,
  b,
  c=1,
  d=e)
y = [
    1,
    a,

    b,
]
z = {
    'a': 1,
    'b':
        c,
}
if (a and
    b or
    c):
    d
w = a.b(
    c
).d(
    e
)
def g(
    a,
    b=1,
    c=x,
):
    return (
        a
        + b
    )
v = x if y \
    else z
assert a, (
    b)
raise a(
    b) from c
