# chained comparisons evaluate each operand once
log = []
def v(x):
    log.append(x)
    return x
print(v(1) < v(2) < v(3), log)
log = []
print(v(1) < v(0) < v(3), log)
log = []
print(v(1) < v(5) > v(3) != v(4) == v(4) <= v(9), log)
none = None
print(1 < 2 == 2 != none, 3 in [3] == True, 1 == 1 in [1], not 1 < 2)
if 1 < v(2) < 3:
    print('yes')
while not 0 < v(4) < 3:
    print('no')
    break
