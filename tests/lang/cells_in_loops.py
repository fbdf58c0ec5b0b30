# Counters of closures that loops keep in registers: what is in the cell whenever somebody looks, however the loop
# is left.
import sys

def make(start):
    n = start
    def add(k):
        nonlocal n
        n += k
        return n
    def get():
        return n
    def put(v):
        nonlocal n
        n = v
    return add, get, put

def plain(add, n):
    s = 0
    for i in range(n):
        s = add(i)
    return s

add, get, put = make(0)
for n in (2100, 100, 10):
    print(plain(add, n), get())
# from an int to a big int in the middle of the loop, and back
put(2 ** 63 - 1000)
print(plain(add, 100), get())
print(plain(add, 100), get())
put(-5)
print(plain(add, 100), get())
# another type is found before the loop, or given
put(0.5)
print(plain(add, 100), get())
put(True)
print(plain(add, 100), get())
try:
    put('text')
    plain(add, 100)
except TypeError as e:
    print(e, get())
put(1)
print(plain(add, 0), get())

# left by return, by break, by an exception, from an inner loop
def left(n, how):
    count = 0
    total = 0
    def tick():
        nonlocal count
        count += 1
    def look():
        return count, total
    for i in range(n):
        for k in range(3):
            tick()
            total += k
            if how == 1 and i == n - 2 and k == 1:
                return 'return', look()
            if how == 2 and i == n - 2 and k == 1:
                break
            if how == 3 and i == n - 2 and k == 1:
                1 // (n - 2 - i)
            if how == 4 and i == n - 2:
                continue
        if how == 5 and i % 16 == 15:
            print(look())
        total += 1
    return look()

for how in range(6):
    for r in range(3):
        try:
            print(how, left(800 if how + r == 0 else 40, how))
        except ZeroDivisionError as e:
            f = e.__traceback__.tb_next.tb_frame
            print(how, e, f.f_locals['count'], f.f_locals['total'], f.f_locals['look']())

# an exception that the same frame catches
def caught(n):
    count = 0
    def tick(i):
        nonlocal count
        count += i
        if i % 350 == 349:
            raise ValueError(count)
    seen = []
    for i in range(n):
        try:
            tick(i)
        except ValueError as e:
            seen.append((count, e.args))
    return seen, count

for n in (2100, 1000):
    print(caught(n))

# two cells that may be one
def two(n, a, b):
    for i in range(n):
        a(1)
        b(2)
    return n

print(two(2100, add, add), get())
add2, get2, put2 = make(10)
print(two(50, add, add2), get(), get2())
print(two(50, add2, add), get(), get2())

# while, conditional stores, floats
def mixed(n):
    total = 0.0
    hits = 0
    flag = False
    def step(x):
        nonlocal total, hits, flag
        total += x * 0.5
        if x % 3 == 0:
            hits += 1
        flag = not flag
        return flag
    i = 0
    while i < n:
        step(i)
        i += 1
    def after():
        return total, hits, flag
    return after()

for n in (2100, 101, 100):
    print(mixed(n))

# unbound in the middle
def unbound(n):
    x = 0
    def grow(i):
        nonlocal x
        x += 1
        if i == n - 3:
            del x
        return i
    done = 0
    try:
        for i in range(n):
            grow(i)
            done += 1
    except NameError as e:
        return done, str(e)

for n in (2100, 50):
    print(unbound(n))

# somebody looks at the frames
def looked(n):
    c = 0
    def tick(i):
        nonlocal c
        c += 1
        if i % 70 == 69:
            f = sys._getframe(1)
            return f.f_locals['c'], f.f_locals['i']
    out = []
    for i in range(n):
        t = tick(i)
        if t:
            out.append(t)
    return out, c

for n in (2100, 150, 90):
    print(looked(n))

# the iterator's own function stores
def both(n):
    c = 0
    def up():
        nonlocal c
        c += 1
        return c
    s = 0
    for i in range(n):
        c = c + 2
        s += up()
        c -= 1
    return s, c

for n in (2100, 60):
    print(both(n))

# one cell, nested loops: every way out
def nested(n, how):
    count = 0
    seen = 0
    def tick():
        nonlocal count
        count += 1
    def look():
        return count
    for i in range(n):
        for k in range(3):
            tick()
            seen += k
            if how == 1 and i == n - 2 and k == 1:
                return 'return', look()
            if how == 2 and i == n - 2 and k == 1:
                break
            if how == 3 and i == n - 2 and k == 1:
                seen = 2 ** 63 - 1
            if how == 4 and i == n - 2:
                seen = 0.5
        else:
            seen += 1
        if how == 5 and i == n - 2:
            seen = 'text'
    return seen, look()

for how in range(6):
    for r in range(3):
        try:
            print(how, nested(800 if how + r == 0 else 40, how))
        except TypeError as e:
            f = e.__traceback__.tb_next.tb_frame
            print(how, e, f.f_locals['count'], f.f_locals['look']())
