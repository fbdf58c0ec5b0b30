import sys
import time

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

t = time.time()
print(fib(int(sys.argv[1]) if len(sys.argv) > 1 else 35))
