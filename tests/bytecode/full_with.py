with a: b
with a as b, c as (d, e): f
def f():
    with a as b:
        return b
    for i in x:
        with i:
            if j: break
            continue
with (a, b): c
