# The code of an inlined function lives as long as native code may come back to it, whoever has forgotten it: the
# function is called when nothing but the unit it was built into knows it any more.
import gc
exec('''
def g(x):
    acts[x == 2600](x)
    y = x + big
    return [y, x, 'still here']
''')
big = 1
junk = []
def forget(x):
    global g, big
    g = None
    big = 2 ** 63 - 1
    gc.collect()
    for i in range(400):
        junk.append(compile('def z%d(a):\n    b = a + %d\n    return [b, a, b]' % (i, i), 'junk', 'exec'))
        exec(junk[-1])
    gc.collect()
acts = [abs, forget]
def f(n):
    t = 0
    for i in range(n):
        t = g(i)
        if i == 2600:
            print(t)
    return t
try:
    print(f(4000))
except TypeError as e:
    tb = e.__traceback__
    print(tb.tb_next.tb_frame.f_code.co_name, e)
