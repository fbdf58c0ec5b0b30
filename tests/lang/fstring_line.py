# the line of an f-string's expression in a traceback
def f(d):
    return f'a {d["x"]} b'
print(f({'x': 1}))
f({})
