# isinstance in loops with classes that programs make, and what says otherwise
class A:
    pass


class B(A):
    pass


class Odd(type):
    def __instancecheck__(cls, x):
        return isinstance(x, int) and x % 2 == 1


class Meta(type):
    pass


class O(metaclass=Odd):
    pass


class Plain(metaclass=Meta):
    pass


class Says:
    @property
    def __class__(self):
        return A


class Num(int):
    pass


def main(n):
    global A
    all = [A(), B(), 1, 2.0, None, True, 'a', [], (), len, main, A, Plain(), O, Says(), Num(3), ValueError(1), 2 ** 70, {}]
    was, t, at = A, [0] * 8, None
    for i in range(n):
        x = all[i % len(all)]
        t[0] += isinstance(x, A)
        t[1] += isinstance(x, B)
        t[2] += isinstance(x, Plain)
        t[3] += isinstance(x, O)
        t[4] += isinstance(x, Num)
        if i == n // 2:
            A = B
        elif i == n - n // 4:
            A = was
            Plain.__class__ = Odd
        elif i == n - n // 8:
            class Named:
                pass
            A = Named
            x = all[0]
            x.__class__ = Named
        try:
            t[5] += isinstance(x, at)
        except TypeError as e:
            t[6] += len(str(e))
        if i % 100 == 99:
            at = [A, 7, (A, B), None][i // 100 % 4]
    A = was
    return t


print(main(6000))
