# Modules: each of the library that is promised can be imported, and has the names it lists
import importlib

NAMES = '''sys builtins math cmath time operator functools itertools collections collections.abc types abc contextlib copy
    random string enum dataclasses heapq bisect weakref gc traceback io os os.path dis keyword warnings numbers reprlib
    linecache importlib importlib.util importlib.machinery importlib.abc opcode copyreg stat __future__'''

for name in NAMES.split():
    module = importlib.import_module(name)
    missing = [n for n in getattr(module, '__all__', []) if not hasattr(module, n)]
    print(name, module.__name__, missing)
USED = {
    'os': 'getcwd listdir mkdir rmdir remove rename stat environ getenv path sep linesep walk makedirs urandom getpid scandir',
    'time': 'time sleep perf_counter monotonic process_time strftime localtime gmtime mktime ctime asctime strptime time_ns',
    'io': 'StringIO BytesIO TextIOWrapper BufferedReader BufferedWriter open SEEK_SET UnsupportedOperation',
    'sys': 'argv path modules stdin stdout stderr exit version_info maxsize getrecursionlimit exc_info meta_path flags',
    'math': 'pi e inf nan sqrt sin gcd factorial isqrt comb perm prod dist hypot fsum log2 tau',
    'itertools': 'count cycle repeat chain islice tee groupby product permutations combinations accumulate zip_longest',
    'collections': 'deque defaultdict OrderedDict Counter namedtuple ChainMap UserDict UserList UserString',
    'functools': 'partial reduce lru_cache wraps cmp_to_key singledispatch total_ordering cached_property',
}
for name, wanted in USED.items():
    module = importlib.import_module(name)
    print(name, [n for n in wanted.split() if not hasattr(module, n)])
