# hot calls of builtins, methods, closures and functions with defaults
def add(a, b=10):
    return a + b
def make(k):
    return lambda x: x + k
f5 = make(5)
def run(n):
    s = 0
    xs = []
    for i in range(n):
        s += add(i)
        s += add(i, 1)
        s += add(b=i, a=2)
        s += f5(i)
        s += abs(-i)
        s += len('abc')
        s += max(i, 3)
        xs.append(s)
        if len(xs) > 5:
            s -= xs.pop()
        s += 'abc'.find('c')
        s %= 1000003
    return s, xs
for i in range(4):
    print(run(100))
def callee(n):
    return n + 1
def caller(f, n):
    s = 0
    for i in range(n):
        s += f(i)
    return s
print(caller(callee, 100), caller(abs, 100), caller(f5, 100), caller(add, 100), caller(lambda x: -x, 100), caller(int, 100))
