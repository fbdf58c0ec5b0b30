a = b + \
    c
if a and \
   b:
    c
x = "a\
b"
assert a, \
    b
