# Expression statements of the interactive mode go through sys.displayhook.
import sys


def single(text):
    exec(compile(text, '<single>', 'single'), globals())


single('1 + 1')
print('_ is', _)
single('None')
print('_ is', _)
single('"text"')
single('for i in range(3): i\n\n')
single('if 1:\n    5\n    [6]\n\n')
single('def f():\n    7\n\n')
single('x = 3; x; x + 1')
print(x, _)


def hook(v):
    seen.append(v)


seen = []
sys.displayhook = hook
single('8')
single('None')
single('for i in range(200): i\n\n')
print(len(seen), seen[:3], _)
sys.displayhook = 5
try:
    single('1')
except TypeError as e:
    print(e)
del sys.displayhook
try:
    single('1')
except RuntimeError as e:
    print(e)
