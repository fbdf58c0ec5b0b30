# The code of an inlined function lives as long as native code may come back to it, whoever has forgotten it.
import gc
exec('''
def g(x):
    if x == 1500:
        forget()
    return x + big
''')
big = 1
def forget():
    global g, big
    g = None
    big = 2 ** 62
    gc.collect()
    junk = [compile('def z%d(a): return a' % i, 'junk', 'exec') for i in range(50)]
    gc.collect()
def f(n):
    t = 0
    for i in range(n):
        t = g(i)
    return t
try:
    print(f(3000))
except TypeError as e:
    tb = e.__traceback__
    print(tb.tb_next.tb_frame.f_code.co_name, e)
