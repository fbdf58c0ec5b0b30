# What the functions of importlib and the loader of files say to arguments that do not fit.
import types


def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', r if isinstance(r, (int, str, bytes, float, list, tuple, dict, set, frozenset, type(None))) else type(r).__name__)
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), repr(e.__context__) if not e.__cause__ else '')
import importlib, importlib.util, importlib.machinery, importlib.abc
show(importlib.util.find_spec, 5)
show(importlib.util.find_spec, None)
show(importlib.util.find_spec, '')
show(importlib.util.find_spec, '.a')
show(importlib.util.module_from_spec, 5)
show(importlib.import_module, 5)
show(importlib.import_module, '')
show(importlib.import_module, '.x')
show(importlib.import_module, '.x', 5)
show(importlib.import_module, '.x', '')
show(importlib.reload, 5)
show(importlib.reload, types.ModuleType('zz'))
show(importlib.util.resolve_name, '.a', None)
show(importlib.util.resolve_name, '..a', 'b')
show(importlib.util.resolve_name, 5, 'b')
show(importlib.util.spec_from_file_location, 'n', '/nonexistent/x.py')
show(importlib.util.spec_from_file_location, 'n')
show(importlib.util.spec_from_loader, 'n', None)
L = importlib.machinery.SourceFileLoader('n', '/nonexistent/x.py')
show(L.get_source, 'n')
show(L.get_source, 'other')
show(L.get_data, '/nonexistent/x.py')
show(L.get_code, 'n')
show(L.get_filename, 'other')
show(L.get_filename)
show(L.is_package, 'n')
show(L.is_package, 'other')
show(L.load_module, 'other')
show(L.load_module)
show(importlib.invalidate_caches)
show(__import__, 5)
show(__import__, '')
show(__import__, 'a', level=-1)
show(__import__, 'a', {}, {}, [], 1)
show(__import__, 'a', {'__package__': 5}, {}, [], 1)
show(__import__, 'a', {'__package__': 'nopkg'}, {}, [], 1)
import gc
for level in (1 << 31, -(1 << 31) - 1, 1 << 70, -(1 << 70), 1.5, 'a', -1):
    show(__import__, 'sys', None, None, (), level)
    show(gc.set_threshold, level if level != -1 else 700)
