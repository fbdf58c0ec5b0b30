# attributes that are missing or read-only
def t(f):
    try:
        print(f())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
t(lambda: (1).foo)
t(lambda: 'a'.foo)
t(lambda: None.foo)
t(lambda: [].foo())
t(lambda: {}.foo)
t(lambda: (1.5).foo)
t(lambda: len.foo)
t(lambda: (lambda: 0).foo)
t(lambda: ValueError().foo)
t(lambda: True.foo)
def s1(): (1).foo = 1
def s2(): [].foo = 1
def s3(): None.foo = 1
def s4(): 'a'.upper = 1
t(s1); t(s2); t(s3); t(s4)
def f(): pass
f.note = 5
print(f.note)
t(lambda: f.other)
import sys
t(lambda: sys.no_such_thing)
