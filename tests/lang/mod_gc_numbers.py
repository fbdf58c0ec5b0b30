# gc: numbers that programs set and read back; dis.Bytecode
import dis
import gc

print(gc.get_threshold(), gc.set_threshold(5), gc.get_threshold(), gc.set_threshold(700, 10, 10), gc.get_threshold())
print(gc.get_debug(), gc.DEBUG_LEAK == gc.DEBUG_COLLECTABLE | gc.DEBUG_UNCOLLECTABLE | gc.DEBUG_SAVEALL, gc.garbage, gc.callbacks)
for v in 1, 'a', b'a', 1.5, None, [], (1, []), print, object(), 1 << 80:
    print(gc.is_tracked(v), end=' ')
print(len(gc.get_count()), len(gc.get_stats()), sorted(gc.get_stats()[0]), gc.get_freeze_count(), gc.freeze())
for wrong in (), (1, 2, 3, 4), ('x',):
    try:
        gc.set_threshold(*wrong)
    except TypeError as e:
        print('TypeError')


def f(a, b):
    return [a,
            b]


code = dis.Bytecode(f)
print(list(code) == list(dis.get_instructions(f)), code.codeobj is f.__code__, code.first_line == f.__code__.co_firstlineno)
print(code.info() == dis.code_info(f))
print(dis.Bytecode(f, first_line=100).dis())
print(dis.Bytecode(f, current_offset=4).dis())
print([i.starts_line for i in dis.Bytecode(f, first_line=7)])
print(dis.Bytecode('a = 1'), isinstance(code, dis.Bytecode))
try:
    1 / 0
except ZeroDivisionError as e:
    print('-->' in dis.Bytecode.from_traceback(e.__traceback__).dis())
try:
    dis.Bytecode(5)
except TypeError as e:
    print(e)
