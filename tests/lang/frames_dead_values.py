# A frame that has ended keeps its values: nothing else refers to them.
import sys


def leave(n):
    numbers = [n, n + 0.5]
    text = 'value ' + str(n)
    inner = lambda: numbers
    return sys._getframe()


frames = [leave(i) for i in range(40)]
junk = [[str(i)] for i in range(400)]
for f in frames:
    d = f.f_locals
    print(d['n'], d['numbers'], d['text'], d['inner']() is d['numbers'])
print(len(junk))
