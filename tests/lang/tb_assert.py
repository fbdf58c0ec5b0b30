# assert with a message, uncaught
def check(x):
    assert x > 0, 'not positive: %d' % x
    return x
print(check(3))
check(-3)
