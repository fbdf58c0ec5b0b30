# collections.deque: both ends, bounds, rotation, the sequence operations, changes while iterating.
from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, d.pop(), d.popleft(), len(d), d[0], d[-1], list(reversed(d)), 2 in d)
d.extend('ab')
d.extendleft('cd')
print(d, d.index('a'), d.count(2), d.index(2, 1, -1))
d.rotate()
print(d)
d.rotate(-3)
print(d)
d.insert(2, 'mid')
d.remove('a')
del d[0]
d[-1] = 'last'
d.reverse()
print(d, d.copy() == d, d + deque([9]), deque('ab') * 2, 2 * deque('ab'))
last = deque(maxlen=3)
for i in range(7):
    last.append(i)
print(last, last.maxlen, last + deque([1]), deque(range(9), 0), deque(range(5), maxlen=2))
last.appendleft('x')
last.extend('yz')
last *= 2
print(last, deque([1, 2]) < deque([1, 3]), deque() == [], deque([1]) != deque([1]))
d = deque()
d.append(d)
print(d, bool(deque()), deque('abc'))
q = deque(range(200))
total = 0
while q:
    x = q.popleft()
    total += x
    if x % 10 == 9:
        q.append(x // 10)
print(total)


def walk(q, change):
    try:
        for x in q:
            change()
    except RuntimeError as e:
        return str(e)


q = deque('abc')
print(walk(q, lambda: q.append(1)), walk(q, lambda: q.rotate(1)), walk(q, q.popleft), len(q))
for f in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[1], lambda: deque(5),
          lambda: deque([], -1), lambda: deque([], 'x'), lambda: deque().remove(1),
          lambda: deque([1]).index(5), lambda: deque('ab', 2).insert(0, 1), lambda: deque() + [1],
          lambda: deque('a') * 'x', lambda: deque('a')['x'], lambda: deque('abc')[0:1]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
