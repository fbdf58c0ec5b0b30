# type() and repr of builtin classes and functions
def f(): pass
for v in (1, 1.5, True, None, 'a', [], (), {}, range(1), f, len, ValueError, ValueError(), [].append, type, int, iter([]), {}.keys()):
    print(type(v))
print(int, str, list, dict, type, len, abs, int is type(5), repr(print), NotImplemented, Ellipsis)
print(f.__code__.co_flags, f.__code__.co_stacksize, f.__code__.co_filename == __file__)
