# Assignment to slices of a list, deletion of items and slices, and whom they are refused to.
def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


def put(q, s, v):
    q[s] = v
    return q


def cut(q, s):
    del q[s]
    return q


bounds = [None, 0, 1, 3, -1, -2, 6, 100, -100]
total = 0
for a in bounds:
    for b in bounds:
        q = list(range(6))
        q[a:b] = 'xyz'
        total = (total * 31 + len(q) * 7 + q.index('x')) % 1000003
        q = list(range(6))
        q[a:b] = q
        total = (total * 31 + sum(q) * 7 + len(q)) % 1000003
        for c in [1, 2, 3, -1, -2, 100, -100]:
            q = list(range(6))
            del q[a:b:c]
            total = (total * 31 + hash(tuple(q))) % 1000003
            q = list(range(6))
            if c != 1:
                q[a:b:c] = [9] * len(q[a:b:c])
            total = (total * 31 + hash(tuple(q))) % 1000003
print(total)
print(put([1, 2, 3], slice(1, 2), ()), put([1, 2], slice(0, 0), {5: 6}), put([1, 2, 3], slice(3, 1), 'ab'))
print(put([1, 2, 3, 4], slice(None, None, 2), 'ab'), put([1, 2, 3], slice(None, None, -1), range(3)))
print(put([1, 2, 3], slice(5, 9), [4]), put([], slice(None), [1, 2]), put([1, 2], slice(None), []))
print(cut([1, 2, 3], 0), cut([1, 2, 3], -1), cut([1, 2, 3], slice(1)), cut([1, 2, 3], slice(5, 1)), cut({1: 2, 3: 4}, 1))
q = [1, 2, 3]
q[::-1] = q
print(q)
q[1:1] = q
print(q)
q += q[1:3]
print(q)
show(put, [1, 2, 3], slice(None, None, 2), 'abc')
show(put, [1, 2, 3], slice(None, None, -1), [1])
show(put, [1, 2, 3], slice(3, 0, 2), [1])
show(put, [1, 2, 3], slice(None, None, 2), 5)
show(put, [1, 2, 3], slice(1), 5)
show(put, [1, 2, 3], slice(1), None)
show(put, [1, 2, 3], slice(None, None, 0), [1])
show(put, [1, 2, 3], slice('a'), [1])
show(put, [1, 2, 3], 'a', 1)
show(put, [1, 2, 3], 1.0, 1)
show(put, [1, 2, 3], 5, 1)
show(put, [1, 2, 3], 10 ** 30, 1)
show(cut, [1, 2, 3], 5)
show(cut, [1, 2, 3], -4)
show(cut, [1, 2, 3], 'a')
show(cut, [1, 2, 3], None)
show(cut, [1, 2, 3], slice(None, None, 0))
show(cut, [1, 2, 3], slice(1.5))
show(cut, {1: 2}, 5)
show(cut, {1: 2}, [])
show(cut, {1: 2}, slice(1))
show(put, {1: 2}, slice(1), 1)
for o in [(1, 2), 'ab', b'ab', range(3), {1}, frozenset(), None, 5, 1.5, len, {}.keys(), {}.values()]:
    for k in [0, 'a', slice(1), 10 ** 30]:
        show(put, o, k, 1)
        show(cut, o, k)


def change_while_assigning():
    q = [1, 2, 3, 4, 5]

    def shrink():
        q.clear()
        return 9

    q[1:3] = map(lambda _: shrink(), [1, 2])
    return q


show(change_while_assigning)


def order():
    def say(x):
        print('eval', x)
        return x

    q = list(range(10))
    q[say(1):say(7):say(2)] = say([7, 8, 9])
    del q[say(0)], q[say(3):say(5)]
    return q


show(order)


def hot(n):
    q = list(range(20))
    for i in range(n):
        q[i % 5:i % 5 + 2] = [i, i + 1]
        del q[i % 20]
        q.append(i)
        q[::2] = q[1::2] if len(q) % 2 == 0 else q[::2]
        if len(q) > 30:
            del q[10:]
    return len(q), sum(q)


for n in (5, 300, 2000):
    print(hot(n))
