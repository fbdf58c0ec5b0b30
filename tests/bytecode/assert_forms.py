assert a
assert a, b
assert not a
assert a and b, "m"
assert a or b
assert 0
assert 1, 2
assert (a, b)[0]
def f(x):
    assert x > 0, f"bad {x}"
