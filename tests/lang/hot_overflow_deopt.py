# native code meets an overflow in an inlined call and goes on exactly once
log = []
def bump(x):
    return x * 2 + 1
def run(n):
    x = 1
    side = 0
    for i in range(n):
        side += 1
        x = bump(x)
        if i % 20 == 0:
            log.append(x)
    return x, side
for i in range(5):
    run(30)
log.clear()
print(run(70), run(200))
print(log)
