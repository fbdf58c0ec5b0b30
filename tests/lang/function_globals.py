# One code object under several globals: what is cached for one is not another's.
x = "main"


def read():
    return x


def count():
    return len(x)


def put(v):
    global x
    x = v


def outer():
    def inner():
        return x
    return inner()


Function = type(read)
for _ in range(20):
    read(), count(), outer()
    put("main")
space = {"x": "space"}
read2 = Function(read.__code__, space)
count2 = Function(count.__code__, {"x": "1234567", "len": lambda s: -1})
put2 = Function(put.__code__, space)
outer2 = Function(outer.__code__, space)
for _ in range(20):
    a = read(), read2(), count(), count2(), outer(), outer2()
print(a)
put2("put")
for _ in range(20):
    a = x, space["x"], read(), read2()
print(a)
print(read2.__code__ is read.__code__, Function(read2.__code__, {"x": 3})())
read.__code__ = read2.__code__
print(read(), read2())
