# Iterators and iterables that are classes.
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(4)), sum(It(5)), max(It(3)), [*It(2)], dict(zip(It(2), 'ab')))
a, *b = It(4); print(a, b)
class NI: 
    __iter__ = None
try: iter(NI())
except TypeError as e: print(e)
class BadIter:
    def __iter__(self): return 3
try: iter(BadIter())
except TypeError as e: print(e)
