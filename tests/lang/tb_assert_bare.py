# assert without a message, and in a condition
def f(x):
    assert x
try:
    f(0)
except AssertionError as e:
    print(repr(e), e.args)
try:
    assert False, (1, 2)
except AssertionError as e:
    print(repr(e))
assert True, 1 / 0
assert 1 == 1
f([])
