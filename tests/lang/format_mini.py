# The format mini-language: every kind of presentation, fill, width, sign, grouping and precision.
def t(v, spec):
    try:
        r = format(v, spec)
    except Exception as e:
        r = type(e).__name__ + ": " + str(e)
    return r
ints = [0, 1, -1, 255, -12345, 10**20, -10**30, True]
floats = [0.0, -0.0, 1.5, -2.675, 1e16, 123456789.123, 1e-7, 1e300, float("inf"), float("-inf"), float("nan"), 0.1, 999999.5, 9.5, 10.5]
cplx = [1 + 2j, -0.0 - 1.5j, complex("nan"), complex(0, float("inf")), 1e20 + 1e-5j]
strs = ["", "abc", "h\u00e9llo", "\U0001f600x"]
state = 3
def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % n
def spec(types):
    s = ""
    if rnd(3) == 0:
        s += ["", "*", "\u00e9", "0", " "][rnd(5)] + "<>=^"[rnd(4)]
    s += ["", "", "+", "-", " "][rnd(5)]
    s += ["", "", "", "#"][rnd(4)]
    s += ["", "", "0"][rnd(3)]
    s += ["", "", "1", "8", "15", "30"][rnd(6)]
    s += ["", "", ",", "_"][rnd(4)]
    s += ["", "", "", ".0", ".1", ".3", ".10", ".25"][rnd(8)]
    s += types[rnd(len(types))]
    return s
for vals, types, n in ((ints, ["", "d", "b", "o", "x", "X", "n", "c", "e", "f", "g", "%", "s", "r"], 250), (floats, ["", "e", "E", "f", "F", "g", "G", "n", "%", "d", "s"], 300),
                    (cplx, ["", "e", "f", "g", "n", "%", "d"], 120), (strs, ["", "s", "d", "x"], 80)):
    for i in range(n):
        v = vals[rnd(len(vals))]
        s = spec(types)
        print(repr(v), repr(s), ascii(t(v, s)))
for s in ("", "5", ">5", "x", ".", ".x", "1.", "99999999999999999999", ".99999999999999999999", "<<5", "{}", "=", "^^^", "+", "+s", "#", "05", ",s", "_s", ",d", "_x", ",x", ",_", "_,", "d d", "\u0664", "=10", "0=10", "z", "ss", " d", "-s"):
    for v in (5, 1.5, "ab", 1j, None, [1], True, b"x"):
        print(repr(v), repr(s), ascii(t(v, s)))
for f, a in (("{:{}}", (5, 8)), ("{0:{1}.{2}f}", (3.14159, 10, 2)), ("{a[b]}{a[0]}", ()), ("{0.real}", (3,)), ("{!r:>8}", ("x",)), ("{!s}{!a}", ("\u00e9", "\u00e9")), ("{:>{w}}", (1,)), ("{", ()), ("}", ()), ("{0}{}", (1, 2)), ("{}{0}", (1, 2)), ("{!x}", (1,)), ("{:{:{}}}", (1, 2, 3)), ("{0[}", (1,)), ("{0.}", (1,)), ("{[x]}", ({"x": 1},)), ("{[1]}", ([1, 2],)), ("{[-1]}", ({"-1": 5},)), ("{2}", (1,)), ("{x}", ()), ("{{}}{}", (1,)), ("{0!r", (1,)), ("{0!}", (1,)), ("{0!rx}", (1,)), ("{:%}", (0.5,)), ("{a}", {"a": 1} and ())):
    try:
        print(repr(f), f.format(*a))
    except Exception as e:
        print(repr(f), type(e).__name__, e)
pct = ["%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%#o", "%X", "%o", "%i", "%u", "%e", "%.3f", "%g", "%G", "%#g", "%10.3e", "%-10.2f|", "%+.1f", "%s", "%10s", "%-10s|", "%.2s", "%r", "%a", "%c", "%5c", "%%", "%ld", "%hd", "%*d", "%.*f", "%(a)s", "%", "%y", "%5", "%-", "%(a", "%#5x", "%-#8x|", "%+05d", "%.5d", "%8.5d", "%.0f", "%.0e"]
for p in pct:
    for v in (5, -5, 3.7, "ab", "a", None, 10**25, -0.0, (3, 4), {"a": 1}, (), float("inf"), [1], b"x", True):
        try:
            r = ascii(p % v)
        except Exception as e:
            r = type(e).__name__ + ": " + str(e)
        print(repr(p), repr(v), r)
