# Exception classes of programs.
class KE(KeyError): pass
try: raise KE('k')
except LookupError as e: print(repr(e), str(e))
class EX(Exception):
    def __str__(self): return 'custom'
try: raise EX(1, 2)
except EX as e: print(str(e), repr(e), e.args)
class MI(ValueError, KeyError): pass
try: raise MI('m')
except KeyError as e: print('as KeyError', repr(e))
try: raise 5
except TypeError as e: print(e)
class NotExc: pass
try: raise NotExc
except TypeError as e: print(e)
try:
    try: raise ValueError(1)
    except NotExc: pass
except TypeError as e: print(e)
