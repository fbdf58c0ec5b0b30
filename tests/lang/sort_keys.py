# sorted and list.sort with keys, reverse, stability, errors in the callback
words = ['banana', 'Apple', 'cherry', 'apple', 'fig', 'date']
print(sorted(words), sorted(words, key=len), sorted(words, key=lambda w: (len(w), w)), sorted(words, reverse=True))
words.sort(key=lambda w: w.lower())
print(words)
pairs = []
for i in range(20):
    pairs.append((i * 7 % 5, i))
print(sorted(pairs, key=lambda p: p[0]))
print(sorted(pairs, key=lambda p: -p[0], reverse=True))
print(sorted([3.5, 1, 2, True, -1.5, 10 ** 20]), sorted({'b': 1, 'a': 2}), sorted('hello'), sorted(range(5, 0, -1)))
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t(lambda: sorted([1, 'a']))
t(lambda: sorted([1, 2], key=lambda x: 1 // 0))
t(lambda: sorted([1, 2], key=5))
t(lambda: sorted(5))
x = [3, 1, 2]
def mut(v):
    x.append(9)
    return v
try:
    x.sort(key=mut)
except ValueError as e:
    print(e)
calls = 0
def key(v):
    global calls
    calls += 1
    return v % 10
r = sorted(range(100), key=key)
print(calls, r)
import sys
sys.setrecursionlimit(120)
def nest(n):
    return sorted([n], key=lambda v: nest(v - 1) if v else 0)
print(nest(20))
try:
    nest(500)
except RecursionError as e:
    print('RecursionError')
