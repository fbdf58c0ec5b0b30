# Special methods that call themselves end in RecursionError.
# recursion through special methods
class R:
    def __repr__(self): return repr(self)
try: repr(R())
except RecursionError as e: print('rec', str(e)[:32])
class R2:
    def __add__(self, o): return self + o
try: R2() + 1
except RecursionError as e: print('rec', str(e)[:32])
class R3:
    def __getattr__(self, n): return getattr(self, n + 'x')
try: R3().q
except RecursionError as e: print('rec', str(e)[:32])
class R4:
    def __call__(self): return self()
try: R4()()
except RecursionError as e: print('rec', str(e)[:32])
class R5:
    def __eq__(self, o): return self == o
try: R5() == 1
except RecursionError as e: print('rec', str(e)[:32])
