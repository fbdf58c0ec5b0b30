"""What is raised again has the traceback that it had when its handler began, whatever was added or assigned since."""
import traceback, sys
def lines(e):
    t = e.__traceback__; out = []
    while t: out.append((t.tb_frame.f_code.co_name, t.tb_lineno)); t = t.tb_next
    return out
def boom(): raise ValueError(1)
def inner(e):
    raise e
def a():
    try:
        boom()
    except ValueError as e:
        try: inner(e)
        except ValueError: pass
        raise
def b():
    try:
        boom()
    except ValueError as e:
        e.__traceback__ = None
        raise
def c():
    try:
        try: boom()
        except KeyError: pass
    except TypeError: pass
def d():
    try: boom()
    finally:
        e = sys.exc_info()[1]
        try: inner(e)
        except ValueError: pass
def g():
    try: boom()
    except ValueError as e:
        try: raise e
        except ValueError: raise
def h():
    try: boom()
    except ValueError as e:
        try: raise e
        except ValueError: pass
        try: raise
        except ValueError: pass
        raise
def j():
    try: boom()
    except ValueError as e:
        try: inner(e)
        except ValueError: pass
        try: pass
        finally: raise
class M:
    def __enter__(s): return s
    def __exit__(s, t, v, tb):
        try: raise v
        except ValueError: pass
        return False
def k():
    with M(): boom()
def l():
    try: boom()
    except ValueError as e:
        e.with_traceback(None)
        try: 
            raise
        except KeyError: pass
def m():
    try: boom()
    except ValueError as e:
        for x in range(2):
            try: inner(e)
            except ValueError: continue
        raise
def n():
    def gen():
        try: boom()
        except ValueError as e:
            try: inner(e)
            except ValueError: pass
            yield 1
            raise
    for x in gen(): pass
def o():
    def gen():
        try: yield 1
        except ValueError as e:
            try: inner(e)
            except ValueError: pass
            raise
    g = gen(); next(g)
    try: boom()
    except ValueError as e: g.throw(e)
def run():
  for f in [a,b,c,d,g,h,j,k,l,m,n,o]:
    try: f()
    except ValueError as e:
        print(f.__name__, lines(e))
for _ in range(3): run()
for _ in range(200):
    for f in [a,b,c,d,g,h,j,k,l,m,n,o]:
        try: f()
        except ValueError as e: pass
run()
