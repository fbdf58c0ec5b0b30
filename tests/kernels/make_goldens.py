"""Writes tests/kernels/*.golden: what CPython 3.8 makes of operators, conversions and methods.

    python3.8 tests/kernels/make_goldens.py

A value is written N, T, F, i<decimal>, f<16 hex digits>, s<text>, (…) or […] with commas, or
{k:v,…}. In texts everything but letters, digits and a few signs is escaped. A result is =value or
!Class|text of the exception.
"""
import os
import random
import struct
import sys

assert sys.version_info[:2] == (3, 8)
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .'<>=+-*/!?_%#&@^~$;\"|`")


def text(s):
    out = []
    for c in s:
        if c in PLAIN:
            out.append(c)
        elif ord(c) < 256:
            out.append("\\x%02x" % ord(c))
        elif ord(c) < 65536:
            out.append("\\u%04x" % ord(c))
        else:
            out.append("\\U%08x" % ord(c))
    return "".join(out)


def enc(v):
    if v is None:
        return "N"
    if v is True:
        return "T"
    if v is False:
        return "F"
    t = type(v)
    if t is int:
        return "i%d" % v
    if t is float:
        if v != v:
            return "f7ff8000000000000"
        return "f" + struct.pack(">d", v).hex()
    if t is str:
        return "s" + text(v)
    if t is tuple:
        return "(" + ",".join(map(enc, v)) + ")"
    if t is list:
        return "[" + ",".join(map(enc, v)) + "]"
    if t is dict:
        return "{" + ",".join(enc(k) + ":" + enc(x) for k, x in v.items()) + "}"
    raise NotImplementedError(t)


def result(f):
    try:
        r = f()
    except Exception as e:
        return "!%s|%s" % (type(e).__name__, text(str(e)))
    try:
        return "=" + enc(r)
    except NotImplementedError:
        return None


BINARY = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "//": lambda a, b: a // b, "%": lambda a, b: a % b, "&": lambda a, b: a & b, "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b, "@": lambda a, b: a @ b,
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "divmod": divmod,
}
POWERS = {"**": lambda a, b: a ** b, "<<": lambda a, b: a << b, ">>": lambda a, b: a >> b}

INTS = [0, 1, -1, 2, -2, 3, 7, -7, 10, 63, 64, 2**48 - 1, 2**48, -2**48, -2**48 - 1, 2**53, 2**53 + 1, 2**62,
        2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, 2**64, -2**64, 10**30, 1 - 10**30, 2**200, -2**300]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 0.1, 1e16, 2.0**53, 2.0**63, -2.0**63, 1e300, -1e300, 5e-324,
          -5e-324, 2.2250738585072014e-308, float("inf"), -float("inf"), float("nan")]
OTHERS = [True, False, None, "a", (1,), [2]]


def numbers(out):
    vals = INTS + FLOATS + OTHERS
    for v in vals:
        print("v", enc(v), sep="\t", file=out)
    for name, f in BINARY.items():
        print("op", name, sep="\t", file=out)
        for a in vals:
            row = []
            for b in vals:
                row.append(result(lambda: f(a, b)) or "?")
            print("\t".join(row), file=out)


def small_matrix(out):
    bases = INTS[:-2] + FLOATS + OTHERS
    exps = [0, 1, -1, 2, -2, 3, 10, 47, 48, 49, 63, 64, 65, 0.5, -0.5, 2.0, -3.0, 0.0, -0.0, 1e300,
            float("inf"), -float("inf"), float("nan"), True, False, None, "a"]
    for name, f in POWERS.items():
        for a in bases:
            for b in exps:
                emit(out, "b" + name, [a, b], lambda: f(a, b))
    for a in [0, 5, -5, 2**70, -2**70]:
        for b in [2**63, 2**64, 2**80, -2**63, -2**80]:
            emit(out, "b>>", [a, b], lambda: a >> b)
    emit(out, "b<<", [0, 2**64], lambda: 0 << 2**64)
    emit(out, "b<<", [1, 2**68], lambda: 1 << 2**68)
    for a in INTS + FLOATS + OTHERS:
        emit(out, "u+", [a], lambda: +a)
        emit(out, "u-", [a], lambda: -a)
        emit(out, "u~", [a], lambda: ~a)
        emit(out, "abs", [a], lambda: abs(a))
        emit(out, "bool", [a], lambda: bool(a))
        if a is not None and not isinstance(a, str):
            emit(out, "hash", [a], lambda: hash(a))
        emit(out, "repr", [a], lambda: repr(a))
        emit(out, "round", [a], lambda: round(a))
        for n in [-400, -309, -308, -300, -31, -30, -3, -2, -1, 0, 1, 2, 3, 16, 17, 18, 323, 324, 2**70, True, 1.5]:
            emit(out, "round", [a, n], lambda: round(a, n))
    for a in [2.675, 0.5, 1.5, 2.5, -0.5, -1.5, 1e15 + 0.5, 0.045, 1.005, 12345678.5, 5e-324, 1.7976931348623157e308,
              123456789012345680.0, 250.0, 350.0, -250.0, 1e22, 1e23, 5015.0, 0.285]:
        for n in [None, -400, -309, -308, -307, -23, -22, -3, -2, -1, 0, 1, 2, 3, 20, 323, 324]:
            emit(out, "round", [a, n], lambda: round(a, n))
    for a in [15, 25, 35, -15, -25, 5, -5, 50, 49, 51, 149, 150, 10**30 + 5 * 10**9, -(10**30 + 5 * 10**9)]:
        for n in [-1, -2, -3, -10, -31]:
            emit(out, "round", [a, n], lambda: round(a, n))
    for a in [(), (1,), (1, 2), (1, (2, 3.5)), (None is None, -1), (2**100, 0.0, -1.5), ((),), (1, [2])]:
        emit(out, "hash", [a], lambda: hash(a))
    rnd = random.Random(38)
    for _ in range(150):
        a = rnd.randrange(-2**rnd.randrange(1, 160), 2**rnd.randrange(1, 160))
        b = rnd.randrange(-2**rnd.randrange(1, 160), 2**rnd.randrange(1, 160))
        for op in ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<", "==", "divmod"]:
            emit(out, "b" + op, [a, b], lambda: BINARY[op](a, b))
        emit(out, "hash", [a], lambda: hash(a))
    for _ in range(300):
        x = struct.unpack(">d", struct.pack(">Q", rnd.getrandbits(64)))[0]
        y = rnd.choice([rnd.uniform(-10, 10), rnd.getrandbits(70), struct.unpack(">d", struct.pack(">Q", rnd.getrandbits(64)))[0]])
        for op in ["+", "*", "/", "//", "%", "<", "==", "divmod"]:
            emit(out, "b" + op, [x, y], lambda: BINARY[op](x, y))
        emit(out, "repr", [x], lambda: repr(x))
        emit(out, "hash", [x], lambda: hash(x))
        if 1e-20 < abs(x) < 1e20:
            emit(out, "m:as_integer_ratio", [x], lambda: x.as_integer_ratio())
        emit(out, "float", [repr(x)], lambda: x)
    # Quotients close to the edge of what a double holds.
    for a, b in [(2**1024, 1), (2**1024 - 2**970, 1), (2**1024 - 2**970 - 1, 1), (2**1024, 2), (1, 2**1074), (1, 2**1075),
                 (3, 2**1075), (2**53 + 1, 2**1127), (10**400, 10**399), (1, 10**400), (-10**309, 10**2), (2**54 + 1, 2**1076),
                 (10**310, 10), (7, 3), (10**40, 3), (3, 10**40), (2**1100 + 1, 2**1099 - 1)]:
        for x, y in [(a, b), (-a, b), (a, -b)]:
            emit(out, "b/", [x, y], lambda: x / y)
    for a in [2**53 + 1, 2**53 + 3, 2**54 + 2, 2**54 + 6, 2**1024 - 2**970 - 1, 2**1024 - 2**970, 2**63 + 2**10, 2**63 + 2**10 + 1,
              -2**64 - 2**11, 10**22, 10**23, 2**90 + 2**37]:
        emit(out, "float", [a], lambda: float(a))
        emit(out, "b<", [a, float(2**53)], lambda: a < float(2**53))
        for f in [float(2**63), float(2**64), 1e23, 9007199254740993.0]:
            for op in ["<", "==", ">="]:
                emit(out, "b" + op, [a, f], lambda: BINARY[op](a, f))
    for a in [2, 3, -3, 0, 10**20, 2**70, True, 1.5, "a"]:
        for b in [0, 1, 5, -1, -2, 10**20, False, 2.0]:
            for c in [1, -1, 7, -7, 0, 10**19 + 1, 12, None, 2.0, "b"]:
                if c is None and (abs(b) > 100 if not isinstance(b, str) else False):
                    continue
                emit(out, "pow3", [a, b, c], lambda: pow(a, b, c))


def emit(out, kind, args, f):
    r = result(f)
    if r is not None:
        print(kind, *map(enc, args), r, sep="\t", file=out)


def parsing(out):
    texts = ["", " ", "0", "00", "007", "-0", "+5", "- 5", "--5", "+-5", " 12 ", "\t12\n", "1_000", "1__0", "_1", "1_", "0x1f", "0X1F",
             "0x", "0x_1f", "0x__1", "0b101", "0b2", "0o17", "0o8", "0_7", "00_0", "0b_1", "-0x10", "ff", "zz", "Zz", "12a", "1e5",
             "1.0", "1.5e3", ".5", "5.", ".", "e5", "1e", "1e+", "1e+5", "1e-400", "1e400", "inf", "-inf", "Infinity", "+nan", "NaN", "nan",
             "infin", "1_0.0_1", "1_.0", "1._0", "1e1_0", "1e_1", "1_e1", "٣٤", "１２", "1\u00a02", "\u00a012\u2003", "12\x00", "é", "\ud800", "a'b", 'a"b',
             "9" * 30, "-" + "9" * 30, "1" * 400, "1" * 400 + "x", "0" * 50 + "1", "123456789012345678901234567890.5e-10",
             "2.2250738585072011e-308", "1.7976931348623158e308", "1.7976931348623159e308", "4.9e-324", "2.4703282292062327e-324",
             "2.4703282292062328e-324", "9007199254740993", "0.1e", "0x1p3", "1\n2", "\x1c5", "5\x85", "𝟓", "१२.५"]
    for t in texts:
        emit(out, "int", [t], lambda: int(t))
        emit(out, "float", [t], lambda: float(t))
        for base in [0, 2, 3, 8, 10, 16, 36]:
            emit(out, "int", [t, base], lambda: int(t, base))
    for t, base in [("1", 1), ("1", 37), ("1", -2), (1, 10), (1.5, 10), ("1", 2.5), ("1", "a"), ("1", 2**70), (None, None)]:
        if base is not None:
            emit(out, "int", [t, base], lambda: int(t, base))
    for v in [1.9, -1.9, 1e20, float("nan"), float("inf"), True, None, [], 2**80]:
        emit(out, "int", [v], lambda: int(v))
        emit(out, "float", [v], lambda: float(v))
    emit(out, "float", [10**400], lambda: float(10**400))
    for n in range(0, 1600, 97):
        v = 7**n
        emit(out, "int", [str(v)], lambda: v)
        if n % 194 == 0:
            emit(out, "repr", [-v], lambda: repr(-v))
            emit(out, "int", [oct(v)[2:], 8], lambda: v)


STRINGS = ["", "a", "abc", "'", '"', "'\"", "\\", "\n\r\t\x00\x1f\x7f", "é", "ß", "\xa0\xad\xff", "\u0378", "日本", "\u2028", "\ud800", "\U0001f600", "\U000e0001",
           "a\ud83d\ude00b", "ǅ", "ΑΣ", "ΑΣ.Β", "ﬁ", "İ", "ŉ", "A b C", "hello world", "Hello World", "HELLO", "they're", "a1", "1", "²", "½", "一", "_x", "1x",
           "  x  ", "\t\n", "a\tb\tc", "x" * 10, "+5", "-5", "٣", "\u1e9e", "µ", "ʰΣ", "aΣ", "a\u0301Σ", "Ⅷ", "\u2003a\u2003"]
ZERO = "capitalize casefold isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper lower lstrip rstrip split rsplit splitlines strip swapcase title upper expandtabs".split()


def strings(out):
    for s in STRINGS:
        for name in ZERO:
            emit(out, "m:" + name, [s], lambda: getattr(s, name)())
        emit(out, "repr", [s], lambda: repr(s))
        emit(out, "ascii", [s], lambda: ascii(s))
        emit(out, "b*", [s, 3], lambda: s * 3)
        emit(out, "b+", [s, "é"], lambda: s + "é")
        for t in STRINGS[::5]:
            emit(out, "b<", [s, t], lambda: s < t)
            emit(out, "b==", [s, t], lambda: s == t)
            emit(out, "in", [s, t], lambda: t in s)
    cases = [("abcabc", "bc"), ("abcabc", ""), ("", ""), ("", "a"), ("日本語日本", "本"), ("日本語日本", ""), ("aaaa", "aa"), ("a\ud800b", "\ud800"), ("a\U0001f600b", "\ud83d")]
    for h, n in cases:
        for name in ["find", "rfind", "index", "rindex", "count", "startswith", "endswith"]:
            emit(out, "m:" + name, [h, n], lambda: getattr(h, name)(n))
            for a, b in [(0, None), (1, None), (2, 4), (-2, None), (-100, 100), (7, None), (6, 6), (3, 2), (None, -1), (2**80, None), (-2**80, 2**80)]:
                emit(out, "m:" + name, [h, n, a, b], lambda: getattr(h, name)(n, a, b))
        for name in ["partition", "rpartition"]:
            emit(out, "m:" + name, [h, n], lambda: getattr(h, name)(n))
        for new in ["", "X", "é", "bc"]:
            emit(out, "m:replace", [h, n, new], lambda: h.replace(n, new))
            for k in [0, 1, 2, -1]:
                emit(out, "m:replace", [h, n, new, k], lambda: h.replace(n, new, k))
        for k in [-1, 0, 1, 2, 5]:
            emit(out, "m:split", [h, n, k], lambda: h.split(n, k))
            emit(out, "m:rsplit", [h, n, k], lambda: h.rsplit(n, k))
    for s in ["", " ", "a b c", "  a  b  c  ", "a\u2003b\x1cc", "abc", "\n a \n"]:
        for k in [-1, 0, 1, 2, 10]:
            emit(out, "m:split", [s, None, k], lambda: s.split(None, k))
            emit(out, "m:rsplit", [s, None, k], lambda: s.rsplit(None, k))
    for s in ["", "\n", "a\nb", "a\r\nb\r", "\r\n\n\r", "a\x0bb\x0cc\x1cd\x1ee\x85f\u2028g\u2029", "a\n\n"]:
        for k in [True, False, 1, 0, 2**40, "x", 1.5]:
            emit(out, "m:splitlines", [s, k], lambda: s.splitlines(k))
    for s in ["", "a", "ab", "-5", "+", "日本"]:
        for w in [0, 1, 2, 3, 4, 5, 6, -1, True]:
            for name in ["center", "ljust", "rjust"]:
                emit(out, "m:" + name, [s, w], lambda: getattr(s, name)(w))
                emit(out, "m:" + name, [s, w, "é"], lambda: getattr(s, name)(w, "é"))
            emit(out, "m:zfill", [s, w], lambda: s.zfill(w))
    for s in ["xxaxx", "abcba", "  a ", "", "éaé"]:
        for c in ["x", "ab", "", "é", None, 1, " "]:
            for name in ["strip", "lstrip", "rstrip"]:
                emit(out, "m:" + name, [s, c], lambda: getattr(s, name)(c))
    for s in ["a\tb", "\t", "ab\tc\td", "a\nb\tc", "é\té", "a\r\tb"]:
        for k in [0, 1, 2, 4, 8, -1, 10]:
            emit(out, "m:expandtabs", [s, k], lambda: s.expandtabs(k))
    for sep in ["", ",", "é", "ab"]:
        for items in [[], ["a"], ["a", "b"], ("x", "y", "z"), ["é", "a", ""], "abc", {"k": 1, "l": 2}, [1], ["a", None], 5, None]:
            emit(out, "m:join", [sep, items], lambda: sep.join(items))
    for args in [("a", ("a", "b")), ("abc", ("x", "ab")), ("abc", ()), ("abc", ("x", 1)), ("abc", 1), ("abc", ["a"])]:
        emit(out, "m:startswith", args, lambda: args[0].startswith(args[1]))
        emit(out, "m:endswith", args, lambda: args[0].endswith(args[1]))
    for name in "center count endswith find index join ljust partition replace rfind rsplit rstrip split startswith strip translate zfill upper format_map".split():
        for args in [[], [1], ["a", "b"], ["a", []], [1, 2, 3, 4], [2.5], [2**70], [None], [None, "a"], ["a", "b", "c"], ["a", 1.5], [5, "ab"], [5, 1]]:
            emit(out, "m:" + name, ["abc"] + args, lambda: getattr("abc", name)(*args))
    for table in [{97: "X", 98: None, 99: 233}, {97: 1.5}, {97: 2**40}, {97: -1}, {}, "xyz", ["q"] * 98, 5, None]:
        emit(out, "m:translate", ["abc", table], lambda: "abc".translate(table))
    for args in [({"a": 1},), ({1: 2},), ({"ab": 1},), ({1.5: 1},), ("ab", "cd"), ("ab", "c"), ("ab", "cd", "xy"), ("ab", 1), (1, "a"), ("a", "b", 1), (1,), ()]:
        emit(out, "maketrans", args, lambda: str.maketrans(*args))


def formats(out):
    ints = [0, 1, -1, 42, -42, 1234, -1234567, 2**48, 2**64, -2**100, True, False]
    floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1234567.891, 1e16, 1e17, 1e-5, 0.0001, 123456789.0, 2.5, 0.5, 1e100, 5e-324, float("inf"), -float("inf"), float("nan"), 999999.5, 9.995, 1e22]
    specs = ["", "d", "5", "<5", ">5", "^6", "=6", "05", "+", "-", " ", "+05", "x", "X", "o", "b", "#x", "#X", "#o", "#b", "#010x", "c", "n", ",", "_", ",d", "_d", "_x", "_b", "020,", "020_",
             "09,", "010,d", "#_x", "e", "E", "f", "F", "g", "G", "%", ".2f", ".0f", "#.0f", ".3e", "#.3g", ".3g", ".10g", "10.3f", "<10.2f", "+.2f", " .2f", "010.2f", ",.2f", "_.2f", "020,.2f",
             ".0e", "#.0e", ".0%", ".1%", "s", "*^9", "é>9", "=+9", "+,", "x=+9", "0=9", "<09", "^010", ".2", ".0", ".5", "5.", "a", "Z", ",x", ",_", "_,", ",,", "1", "10", "10d", "d5", "xx", "é", "\u1234",
             "99999999999999999999", ".99999999999999999999", "+c", "#c", ".2d", ".20f", ".50f", ".17g", ".25g", "#g", "#.17g", "g5", "n5", "08.3n", "12n", "012", ">012", "٥", "0", "00", "0,", "06,", "07,", "5c", "05c", "^5c", "'", " d", " ,", "=d", "=", "<", "0<5d", "#", "#5", "-#05,"]
    for s in specs:
        for v in ints:
            emit(out, "fmt", [v, s], lambda: format(v, s))
        for v in floats:
            emit(out, "fmt", [v, s], lambda: format(v, s))
        for v in ["", "abc", "日本語", "\ud800"]:
            emit(out, "fmt", [v, s], lambda: format(v, s))
    for s in ["5", ".2", "*^7", "<7.1", "é>5", "s", "5s", ".0", "=5", "+", "#", "05", "d", ",", "_", ".2d", "x5"]:
        for v in ["abc", "日本語", None, [1], (1,)]:
            emit(out, "fmt", [v, s], lambda: format(v, s))
    emit(out, "fmt", [2**40, "c"], lambda: format(2**40, "c"))
    emit(out, "fmt", [2**80, "c"], lambda: format(2**80, "c"))
    emit(out, "fmt", [10**400, "f"], lambda: format(10**400, "f"))
    emit(out, "fmt", [233, "c"], lambda: format(233, "c"))


def percent(out):
    fs = ["%s", "%r", "%a", "%d", "%i", "%u", "%x", "%X", "%o", "%c", "%e", "%E", "%f", "%F", "%g", "%G", "%5s", "%-5s|", "%.2s", "%5.1s", "%05d", "%-5d|", "%+d", "% d", "%+5d", "%-+5d|", "%05.3d", "%.5d", "%.0d",
          "%#x", "%#X", "%#o", "%#010x", "%-#10x|", "%+#x", "%#.5x", "%#8.5x", "%010.3f", "%-10.3f|", "%+.2f", "% .2e", "%#.0f", "%#g", "%.0f", "%.0e", "%.17g", "%5c", "%-5c|", "%.0c", "%05c", "%05s", "%ld", "%hd", "%Lf", "%%", "%5%",
          "abc", "%", "%5", "%z", "%\u1234", "é%z", "%l", "%.", "%-", "%(", "%(a", "%y %s", "%.3r", "%.3a", "%08.3e", "%+08d", "% 08d", "%-08d|", "%0-8d|", "%020x", "%+.0x", "%.10o", "%F"]
    vs = [0, 1, -1, 42, -42, 2**70, -2**70, True, 1.5, -1.5, 0.0, -0.0, 1e100, float("inf"), float("nan"), "a", "abc", "é日", "", None, (), (1,), (1, 2), [1], {"a": 1}, 65, 233, 0x110000, 2**40]
    for f in fs:
        for v in vs:
            emit(out, "b%", [f, v], lambda: f % v)
    more = [("%s %s", (1, 2)), ("%s %s", (1,)), ("%s %s %s", (1, "b", None)), ("%*d", (5, 42)), ("%-*d|", (5, 42)), ("%*d|", (-5, 42)), ("%.*f", (2, 3.14159)), ("%*.*f", (10, 2, 3.14159)), ("%.*f", (-1, 2.5)),
            ("%*d", ("a", 1)), ("%.*d", (1.5, 1)), ("%*d", (2**70, 1)), ("%.*d", (2**40, 1)), ("%(a)s", {"a": 1}), ("%(a)s %(b)5d|", {"a": "x", "b": 7}), ("%(a(b)c)s", {"a(b)c": 1}), ("%(a)s", {"b": 1}), ("%(a)s", (1,)),
            ("%(a)s", "x"), ("%(a)s", [1]), ("%(a)s %s", {"a": 1}), ("%()s", {"": 5}), ("%(a)%", {"a": 1}), ("%(é)s", {"é": 1}), ("%(a)*d", {"a": 1}), ("x", {}), ("x", []), ("x", [1]), ("x", ()), ("x", 1), ("x", None), ("x", "y"),
            ("%d%%", 50), ("%s", ((1, 2),)), ("%s%s", ("a",)), ("%99999999999999999999d", 1), ("%.99999999999d", 1), ("%.99999999999999999999f", 1), ("%s" * 20, tuple(range(20))), ("%d", "1"), ("%x", 1.5), ("%d", None), ("%c", ""), ("%c", "ab"), ("%c", -1), ("%c", 1.5), ("%c", 2**80),
            ("%f", "1"), ("%f", None), ("%f", 10**400), ("%d", float("nan")), ("%d", float("inf")), ("%d", 1e20), ("%i", -0.5), ("%(a)s%(a)s", {"a": "é"}), ("%5.5s|", "日本"), ("%-6r|", "é"), ("%6a|", "é")]
    for f, v in more:
        emit(out, "b%", [f, v], lambda: f % v)


def templates(out):
    cases = [("", (), {}), ("a", (), {}), ("{}", (1,), {}), ("{} {}", (1, "a"), {}), ("{0} {1} {0}", (1, 2), {}), ("{a}", (), {"a": 5}), ("{a} {b}", (), {"a": 1}), ("{}", (), {}), ("{1}", (1,), {}), ("{{}}", (), {}), ("{{{}}}", (1,), {}),
             ("{", (), {}), ("}", (), {}), ("{}}", (1,), {}), ("{{}", (1,), {}), ("a}b", (), {}), ("a{", (), {}), ("{0[0]}", ([1, 2],), {}), ("{0[a]}", ({"a": 1},), {}), ("{0[-1]}", ([1],), {}), ("{0[-1]}", ({"-1": 3},), {}), ("{[1]}", ("abc",), {}), ("{0[9]}", ([1],), {}),
             ("{0[b]}", ({"a": 1},), {}), ("{0[a}", (1,), {}), ("{0[]}", ([1],), {}), ("{0.}", (1,), {}), ("{0.real}", (5,), {}), ("{0.imag}", (5.5,), {}), ("{0[0][1]}", (([1, 2],),), {}), ("{0[a]x}", ({"a": 1},), {}), ("{a[0].real}", (), {"a": [7]}), ("{.real}", (3,), {}), ("{!r}", ("a",), {}),
             ("{!s}", ("a",), {}), ("{!a}", ("é",), {}), ("{!x}", (1,), {}), ("{!}", (1,), {}), ("{!s", (1,), {}), ("{!sa}", (1,), {}), ("{!é}", (1,), {}), ("{0!r:>5}", ("a",), {}), ("{!r:}", ("a",), {}), ("{:5}|", (1,), {}), ("{:<5}|", (1,), {}), ("{:{}}", (1, 5), {}), ("{:{w}.{p}}|", (3.14159,), {"w": 8, "p": 3}),
             ("{:{}{}}", (1, ">", 5), {}), ("{:{{}}}", (1,), {}), ("{:{:{}}}", (1, 2, 3), {}), ("{0:{1}}", (1, 5), {}), ("{0}{}", (1,), {}), ("{}{0}", (1,), {}), ("{:x}{:o}", (255, 8), {}), ("{:d}", ("a",), {}), ("{:", (1,), {}), ("{0", (1,), {}), ("{:{", (1,), {}), ("{a{b}}", (1,), {}), ("{ }", (1,), {" ": 4}), ("{a b}", (), {"a b": 4}),
             ("{99999999999999999999}", (1,), {}), ("{0[99999999999999999999]}", ([1],), {}), ("{é}", (), {"é": 1}), ("é{}日", ("ü",), {}), ("{0:,}", (1234567,), {}), ("{:%}", (0.5,), {}), ("{!r}{!s}{}", ("a", "b", "c"), {}), ("{0[a.b]}", ({"a.b": 1},), {}), ("{0[a[]}", ({"a[": 1},), {}), ("{00}", (1,), {}), ("{0x}", (), {"0x": 1}), ("{:é>5}", (1,), {}),
             ("{:5}", (None,), {}), ("{}", (None,), {}), ("{}", ([1, "a"],), {}), ("{:}", ([1],), {}), ("{:5}", ([1],), {}), ("{0.foo}", (1,), {}), ("{0[0]}", (5,), {}), ("{٣}", (1, 2, 3, 4), {}), ("{:{}}", ("x", "=5"), {}), ("{a!r:{w}}|", (), {"a": "x", "w": 6}), ("{!r:^{}}|", ("x", 7), {}), ("{:\n<5}", (1,), {}), ("{0!s}", (1.0,), {}), ("{:}}", (1,), {})]
    for t, a, k in cases:
        emit(out, "format", [t, a, k], lambda: t.format(*a, **k))
    for t, m in [("{a}", {"a": 1}), ("{b}", {"a": 1}), ("{}", {"a": 1}), ("{0}", {"a": 1}), ("{a[0]}", {"a": [5]}), ("x", 5), ("{a}", [1])]:
        emit(out, "m:format_map", [t, m], lambda: t.format_map(m))


def containers(out):
    vals = [(), (1,), (1, 2), (1, 3), (2,), [], [1], [1, 2], [2], {}, {"a": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {1: 2}, "", "a", None, 1, (1, "a"), (1, None), [(1,)], [[1]], (float("nan"),), (1.0,), [True]]
    for a in vals:
        for b in vals:
            for op in ["<", "<=", "==", "!=", ">", ">=", "+", "*"]:
                emit(out, "b" + op, [a, b], lambda: BINARY[op](a, b))
            emit(out, "in", [a, b], lambda: b in a)
        emit(out, "repr", [a], lambda: repr(a))
        emit(out, "bool", [a], lambda: bool(a))
        for n in [0, 1, 3, -1, True, 2**63, -2**63, -2**63 - 1, 2.0, None, "a"]:
            if isinstance(a, (list, tuple, str)):
                emit(out, "b*", [a, n], lambda: a * n) if n != 2**63 or True else None
                emit(out, "b*", [n, a], lambda: n * a)
    for f in [["a", "é", "\n"], ("'", '"'), {"k": [1, (2.5, None)], (1, 2): {}}, [[], [[]]], ((),), [1e100, -0.0]]:
        emit(out, "repr", [f], lambda: repr(f))
        emit(out, "str", [f], lambda: str(f))
        emit(out, "ascii", [f], lambda: ascii(f))


for name, f in [("numbers", numbers), ("more", small_matrix), ("parsing", parsing), ("strings", strings), ("formats", formats), ("percent", percent), ("templates", templates), ("containers", containers)]:
    with open(os.path.join(HERE, name + ".golden"), "w") as out:
        f(out)
