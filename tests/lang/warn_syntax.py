"""SyntaxWarnings, on stderr with their lines."""
x = a = b = 1
sources = '''assert (x, "m")
x is 1
x is not "a"
1 is x
x is None
x is ()
x < 1 is 2
1 < x is b
None[1] if 0 else 1
"abc"["x"] if 0 else 1
[1][None] if 0 else 1
[1][1,x] if 0 else 1
{1:2}["a"] if 0 else 1
x is -1
x is (1, 2)
x is (1, b)
if x is 1: pass
while x is "": break
(x is 1) is 2
lambda: x is 6
y = x is 1 if x is 2 else x is 3
1 is 1
if 0: x is 1
1 in [x] is 2
def f(): 1()
def f(): "a"(x), (1,2)(3), [1](2), {1:2}(3), f"{x}"(1), (lambda: 1)(2), None(), ...(), 1[2], 1.5[x]
def f(): "abc"[1.5], "abc"[x], "abc"[True], "abc"[1:2], [1]["a"], (1,x)["a"], f"{x}"["a"], b"a"["x"], "abc"[...]
'''
exec(sources)
exec("assert (1, 2)\nx is 2")
if x is 1:
    print("small ints are one object")
