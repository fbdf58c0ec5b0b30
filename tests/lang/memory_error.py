# memory that cannot be had is a MemoryError and the program goes on
def t(f):
    try:
        f()
        print('made')
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__, e)
t(lambda: [0] * (2 ** 62))
t(lambda: 'a' * (2 ** 62))
t(lambda: (1,) * (2 ** 62))
t(lambda: [0] * (2 ** 70))
t(lambda: 'ab' * (2 ** 70))
print('still here')
