# print: separators, ends, many values, return value
import sys
print()
print(1)
print(1, 2.5, 'x', None, [1], sep='|')
print('no newline', end='')
print(' next', end='\n\n')
print('a', 'b', sep=None, end=None)
print(print('inner'))
print('to stderr', file=sys.stderr)
print('flush', flush=True)
sys.stdout.write('written\n')
try:
    print('x', sep=5)
except TypeError as e:
    print(e)
