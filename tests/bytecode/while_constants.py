while 0:
    x = break_ = 1
    break
else:
    y
while "":
    continue
while 0.0: z
def f():
    while 1:
        pass
    return 1
