# operators on ints and floats that get hot, each in a function of its own
def invert(a):
    return ~a


def negate(a):
    return -a


def plus(a):
    return +a


def floor(a, b):
    return a // b


def mod(a, b):
    return a % b


def imul(a, b):
    a *= b
    return a


def imatmul(a, b):
    a @= b
    return a


def matmul(a, b):
    return a @ b


def shift(a, b):
    return a << b, a >> b



def hot1(f, values):
    out = []
    for k in range(300):
        for v in values:
            r = f(v)
            if k == 299:
                out.append(r)
    return out


def hot2(f, pairs):
    out = []
    for k in range(300):
        for a, b in pairs:
            try:
                r = f(a, b)
            except (TypeError, ZeroDivisionError, ValueError) as e:
                r = str(e)
            if k == 299:
                out.append(r)
    return out


print(hot1(invert, [0, 1, -1, 2 ** 47]), hot1(invert, [2 ** 62, -2 ** 63, True]))
print(hot1(negate, [0.0, -0.0, 1.5]), hot1(negate, [1, -2 ** 63, 2.5, False]))
print(hot1(plus, [True, 1, 2.5]))
print(hot2(floor, [(7.5, 2.0), (-7.5, 2.0), (7.5, -0.5), (-0.0, 3.0), (1.0, 0.0)]))
print(hot2(mod, [(7.5, 2.0), (-7.5, 2.0), (7.5, -0.5), (-0.0, 3.0), (5.0, float('inf')), (1.0, 0.0)]))
print(hot2(floor, [(7, 2), (-7, 2), (7, -2), (-2 ** 63, -1), (1, 0)]))
print(hot2(mod, [(7, 2), (-7, 2), (7, -2), (-2 ** 63, -1), (1, 0)]))
print(hot2(imul, [(3, 4), (-3, 2 ** 40), (2 ** 47, 2)]), hot2(imul, [(1.5, 2.0), (3, 0.5)]))
print(hot2(imatmul, [(3, 4)]), hot2(matmul, [(3, 4)]))
print(hot2(shift, [(1, 3), (-5, 1), (1, 62), (1, 64), (1, -1)]))
