# What is no int but has an __index__ as the index of a range, and of other sequences.
class Two:
    def __index__(self):
        return 2


class Last:
    def __index__(self):
        return -1


class Far:
    def __index__(self):
        return 1 << 70


class Wrong:
    def __index__(self):
        return 'a'


class Raises:
    def __index__(self):
        raise KeyError('index')


class Derived(int):
    def __index__(self):
        return 2


def show(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__, str(e)


for o in (Two(), Last(), Far(), Wrong(), Raises(), Derived(1), Derived(100), True, 1.0, None, object()):
    for s in (range(9), range(10 ** 30, 10 ** 31, 7), range(0), [0, 1, 2, 3], (0, 1, 2), 'abc', b'abc', bytearray(b'abc')):
        print(show(lambda: s[o]), end=' ')
    print()
for i in range(300):
    o = Two() if i % 3 else Last()
    assert range(5)[o] == (2 if i % 3 else 4)

# Items beyond 64 bits of ranges whose ends and steps are small.
for low in 0, 1, 2 ** 40, 2 ** 46, -2 ** 46, 2 ** 60:
    for step in 2 ** 40, 2 ** 45, 2 ** 47, 2 ** 60:
        for r in range(low, 2 ** 64, step), range(-low, -2 ** 64, -step):
            last = len(r) - 1
            print(r[last] == r[-1] == r.start + last * r.step, r[last // 2] == r.start + last // 2 * r.step)
