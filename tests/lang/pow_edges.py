# powers: negative exponents, zero, mod, floats
print(2 ** -1, 2 ** 0, 0 ** 0, 0.0 ** 0, (-2) ** 3, (-2) ** -3, 2 ** 0.5, (-1) ** 100)
print(pow(7, 3, 5), pow(-7, 3, 5), pow(7, 3, -5), pow(7, 0, 1), pow(2, -1, 7))
def t(f):
    try:
        print(f())
    except (ZeroDivisionError, ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, e)
t(lambda: 0 ** -1)
t(lambda: 0.0 ** -1)
t(lambda: pow(2, 3, 0))
t(lambda: 10.0 ** 400)
t(lambda: pow(2, -1, 4))
t(lambda: 2 ** 'a')
t(lambda: pow(2.0, 3, 5))
