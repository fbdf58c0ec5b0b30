# A name that is only looked at is still looked up.
G = 1
def look():
    G
    return 1
def clear():
    global G
    try:
        raise ValueError
    except ValueError as G:
        pass
def loop(n):
    k = 0
    for i in range(n):
        if i == n - 5:
            clear()
        try:
            G
        except NameError as e:
            k += 1
    return k
print(loop(2000))
G = 1
s = 0
for i in range(400):
    if i == 300:
        clear()
    try:
        s += look()
    except NameError as e:
        if i % 40 == 0:
            print(e)
print(s)
def cell(n):
    x = 1
    def gone():
        nonlocal x
        try:
            raise ValueError
        except ValueError as x:
            pass
    def use():
        x
        return 1
    k = 0
    for i in range(n):
        if i == n - 3:
            gone()
        try:
            x
            k += use()
        except NameError as e:
            k += 1000
    return k
print(cell(1500))
