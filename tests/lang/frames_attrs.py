import sys
def f(a,b,*c,d=1):
    e=5
    def g(): return b,h
    h=3
    x=locals()
    print(x)
    del e
    y=locals()
    print(x is y, x)
    return x
f(1,2)
def k():
    a=1
    def inner():
        b=a
        print(locals(), sys._getframe())
        return sys._getframe()
    return inner()
fr=k()
print(fr.f_locals, fr, fr.f_lasti, fr.f_lineno, fr.f_back, fr.f_back.f_back)
for n in ["f_back","f_code","f_globals","f_builtins","f_lasti","f_locals","f_lineno","f_trace","f_trace_lines","f_trace_opcodes","foo"]:
    try: setattr(fr,n,3)
    except Exception as e: print(n,type(e),e)
try: sys._getframe().clear()
except Exception as e: print(type(e),e)
fr.clear(); print(fr.f_locals)
for a in [100,'a',-3,1.5,2**40]:
    try: print(sys._getframe(a))
    except Exception as e: print(type(e),e)
try: sys._getframe(depth=1)
except Exception as e: print(type(e),e)
print(type(fr)); 
try: type(fr)()
except Exception as e: print(type(e),e)
