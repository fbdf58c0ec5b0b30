a = __debug__
if __debug__:
    b = 1
else:
    c = 2
while not __debug__:
    d = 3
assert not __debug__
