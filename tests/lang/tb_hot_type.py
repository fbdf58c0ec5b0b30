# traceback out of a hot loop whose types change
def add(a, b):
    return a + b
def run(xs):
    s = 0
    for x in xs:
        s = add(s, x)
    return s
xs = [1] * 300
print(run(xs))
xs.append('s')
print(run(xs))
