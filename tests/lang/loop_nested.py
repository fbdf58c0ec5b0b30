# Loops in loops, entered while they run: each loop's code, and the code of the loop around it.
def three(a, b, c):
    n = 0
    for i in range(a):
        for j in range(b):
            for k in range(c):
                n += i * j - k
            n ^= j
        n += i
    return n

def whiles(n):
    i = s = 0
    while i < n:
        j = i
        while j:
            if j % 2 == 0:
                j //= 2
            elif j % 7 == 3:
                j -= 1
                continue
            else:
                j = (j - 1) // 3
            s += j
            if s % 10007 == 0:
                break
        else:
            s += 1
        i += 1
    return s

def gcds(n):
    s = 0
    for a in range(1, n):
        for b in range(1, n):
            x, y = a, b
            while y:
                x, y = y, x % y
            s += x
    return s

def returns(n):
    for i in range(n):
        for j in range(n):
            if i * j == n * 9:
                return i, j, 'found'
    return None

def raises(n):
    caught = 0
    for i in range(n):
        try:
            for j in range(n):
                if j == i % 50 + 3:
                    raise ValueError(i)
        except ValueError as e:
            caught += e.args[0]
        finally:
            caught += 1
    return caught

def lands(n):
    x0 = 0
    out = 0
    for py in range(n):
        y = py / n * 2.0 - 1.0
        for px in range(n):
            x = px / n * 3.5 - 2.5
            a = b = 0.0
            i = 0
            while a * a + b * b <= 4.0 and i < 60:
                a, b = a * a - b * b + x, 2.0 * a * b + y
                i += 1
            out += i
    return out, a, b, i, px, py, x, y, x0

def steps(n):
    out = []
    for step in (1, 2, 3, 7, -1, -3, n + 5):
        c = t = 0
        for i in range(0, n, step):
            c += 1
            t += i
        for i in range(n, 0, step):
            c += 1
            t -= i
        out.append((c, t))
    return out

def step_zero(n):
    done = 0
    try:
        for k in range(n):
            for i in range(0, 5, n - 1 - k):
                done += 1
    except ValueError as e:
        return done, str(e)

def edges():
    big = 2 ** 63 - 1
    out = []
    for a, b, s in ((big - 3, big, 1), (-big - 1, -big + 3, 2), (big, big - 7, -2), (-big - 1, big, big), (big, -big - 1, -big)):
        t = []
        for i in range(a, b, s):
            t.append(i)
        out.append(t)
    return out

def grows(n):
    x = 1
    for i in range(n):
        for j in range(40):
            x = x * 3 + j
            if x > 2 ** 66:
                x //= 2 ** 60
    return x

def seen(n):
    for i in range(n):
        for j in range(30):
            k = i * j
    return sorted(locals().items())

print(three(40, 30, 20), three(3, 2, 3000), three(2000, 2, 2), three(0, 5, 5), three(5, 0, 5))
print(whiles(900), gcds(60), returns(120), raises(300))
print(lands(24))
print(steps(1000), steps(0), step_zero(1200))
print(edges())
print(grows(400), seen(200))
