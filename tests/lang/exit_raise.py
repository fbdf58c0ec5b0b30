# SystemExit raised, caught once, raised again
def f():
    raise SystemExit(3)
try:
    f()
except SystemExit as e:
    print('caught', e.code)
raise SystemExit(4)
