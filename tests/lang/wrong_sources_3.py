"""Sources that are none: what is said of them, and where, as a module, an expression and a line of the prompt."""
BAD = r'''
x =
x = (
x = )
x = [1, 2
def f(:
def f(a, a): pass
def f(a=1, b): pass
def f(*): pass
def f(*, **k): pass
def f(**k, a): pass
def f(**k, *a): pass
def f(*a, *b): pass
def f(a, *, a): pass
def f(/, a): pass
def f(a, /, b, /): pass
def f(*, /): pass
def f(*a, /): pass
def f((a, b)): pass
def f(a.b): pass
def f(1): pass
def f(None): pass
def f(a): global a
def f(a): nonlocal a
def f(): nonlocal x
nonlocal x
return
return 1
yield 1
yield from x
await x
break
continue
for x in y: pass\nbreak
if 1: break
class A: return 1
class A: yield 1
class A: await x
class A(x for x in y): pass
class A(*): pass
class 1: pass
class None: pass
lambda x, x: 1
lambda *: 1
lambda x=1, y: 1
lambda None: 1
lambda (x): 1
f(x for x in y, 1)
f(1, x for x in y)
f(x for x in y, z=1)
f(a=1, a=2)
f(a=1, b)
f(**a, b)
f(**a, *b)
f(1=2)
f(a.b=2)
f((a)=2)
f(None=2)
f(True=2)
f(__debug__=2)
f(a+1=2)
f(lambda: 1=2)
f(a=1 for a in b)
f(a for a in b for c)
f(*a for a in b)
f(**a for a in b)
x = *a
*a
*a = 1
*a, *b = c
(*a)
(*a) = 1
[*a] = 1
*a, = 1
(*a, *b) = c
[*a, *b] = c
for *a in b: pass
for *a, *b in c: pass
del *a
del *a,
del (*a,)
del f()
del 1
del a + b
del (a, 1)
del [a, f()]
del None
del
del ()
del (a for a in b)
del [a for a in b]
del lambda: 1
del a if b else c
del "a"
del {1}
del ...
del -a
del a < b
del (yield)
del a := 1
1 = x
None = 1
True = 1
False += 1
... = 1
__debug__ = 1
f() = 1
f() += 1
(a, b) += 1
[a, b] += 1
a + b = 1
a < b = 1
a and b = 1
not a = 1
-a = 1
lambda: 1 = 2
a if b else c = 1
"a" = 1
f"a" = 1
b"a" = 1
{} = 1
{1} = 1
{1: 2} = 1
[x for x in y] = 1
(x for x in y) = 1
{x for x in y} = 1
{x: x for x in y} = 1
(yield) = 1
x = yield = 1
a = 1 = b
a = b = None = c
(a, 1) = 1
[a, None] = 1
(a := 1) = 2
a := 1
(a.b := 1)
(a[0] := 1)
((a, b) := 1)
(1 := 2)
(f() := 2)
(a := b := c)
x = a := 1
f(a := 1, b := 2, c=d := 3)
lambda a := 1: 2
def f(a := 1): pass
def f(a: b := 1): pass
[a := 1 for a in b]
[b for a in (b := c)]
[[(j := 0) for i in range(5)] for j in range(5)]
[i := 0 for i, j in range(5)]
[i+1 for i in i := range(5)]
class A: [a := 1 for b in c]
{a := 1: 2}
{a: b := 2}
{1: 2, 3}
{1, 2: 3}
{**a, 1}
{1, **a}
{*a, 1: 2}
{*a: 1}
{**a for a in b}
{*a for a in b}
[*a for a in b]
{a: *b}
{1: 2 for x}
[x for]
[x for x]
[x for x in]
[x if y for x in z]
[x for x in y if]
[x, y for x in z]
[for x in y]
(x for x in y z)
[x for 1 in y]
[x for f() in y]
[x for x() in y]
for 1 in x: pass
for f() in x: pass
for x+1 in y: pass
for x, 1 in y: pass
for None in y: pass
for x in: pass
for x y: pass
for in y: pass
with x as 1: pass
with x as f(): pass
with x as None: pass
with x as (a, 1): pass
with: pass
with x as: pass
with x, : pass
import a.b as c.d
import a as 1
import
import 1
import a,
from a import
from a import b,
from a import (b, c
from a import ()
from a import (b as)
from . import *
from a import *, b
from a import (*)
def f(): from a import *
class A: from a import *
from __future__ import x
from __future__ import braces
x = 1\nfrom __future__ import division
from import x
from . import
from ... x import y
try: pass
try: pass\nelse: pass
try: pass\nexcept: pass\nexcept A: pass
try: pass\nfinally: pass\nexcept: pass
try: pass\nexcept A as 1: pass
try: pass\nexcept A, B: pass
try: pass\nexcept A as B.c: pass
try: pass\nexcept as B: pass
except: pass
finally: pass
else: pass
elif x: pass
if x: pass\nelse: pass\nelif y: pass
if x = 1: pass
while x = 1: pass
if x
if x:
while:
while x:
raise x from
raise from x
raise x, y
assert
assert x,
assert (x, y), z, w
global
global x,
global 1
global x.y
global x as y
x = 1; global x
def f():\n x = 1\n global x
def f():\n print(x)\n global x
def f():\n x: int\n global x
def f():\n global x\n x: int
def f():\n import x\n global x
def f():\n global x\n nonlocal x
def f():\n for x in y: pass\n global x
def f(x):\n def g():\n  nonlocal x\n  global x
def f(x):\n def g():\n  x = 1\n  nonlocal x
def f(x):\n def g():\n  print(x)\n  nonlocal x
def f(x):\n def g(x):\n  nonlocal x
def f():\n def g():\n  nonlocal x
class A:\n nonlocal x
def f():\n class A:\n  x = 1\n  def g(self): nonlocal x
x: int: str
x: int = 
x: 
(x, y): int
[x]: int
x, y: int
f(): int = 1
1: int
None: int
x + 1: int
"a": int = 1
lambda: 1: int
(x): int = 1
x.y: int = 1
x[0]: int = 1
x: int += 1
x += 1 += 2
x += yield = 1
x++
x--
++x
x = = 1
x == = 1
x <> 1
x ! 1
x != = 1
x => 1
x =< 1
x ** = 1
x // = 1
x ? y
x $ y
$x
x`y
!x
a b
a b c
1 2
"a" 1
1 "a"
"a" b
a "b"
print "a"
print a
print a, b
print
exec "a"
print (a) b
exec a
a = print "b"
if x: print "a"
print "a";
print "a" % b
 x = 1
if x:\ny
if x:\n  y\n z
if x:\n\ty\n        z
if x:\n        y\n\tz
def f():
def f()
def f() pass
def f pass
def f: pass
def : pass
def 1(): pass
def f() -> : pass
def f() -> int pass
class A(: pass
class A) : pass
class A(B, : pass
class : pass
@
@x
@x\ny = 1
@x y\ndef f(): pass
@x[0]\ndef f(): pass
@x().y\ndef f(): pass
@(x)\ndef f(): pass
@x.y()()\ndef f(): pass
@lambda: 1\ndef f(): pass
@x := 1\ndef f(): pass
async
async x
async = 1
await = 1
async def f(): yield from x
async def f():\n yield 1\n return 2
async def f(): return (yield)
async for x in y: pass
async with x: pass
def f(): async for x in y: pass
def f(): async with x: pass
def f(): await x
async def f(): (lambda: await x)
async def f(): [x async for x in y]
async lambda: 1
async class A: pass
async if x: pass
def async(): pass
import async
a.async
a.await
f(async=1)
class async: pass
def f(await): pass
a.None
a.True
a.1
a.
a..b
.a
a.b.
a[
a[]
a[1:2:3:4]
a[:,]
a[*b]
a[b=1]
a[1,*b]
a[b:=1]
a[b:c:=1]
a[1:=2]
a(
a(,)
a(b,,c)
a(b c)
a(*)
a(**)
a(*b, c=1, *d, e)
a(b=)
a(=b)
a(b==)
(,)
(1,,)
[,]
{,}
{1:}
{:1}
{1:2,,}
(
)
[
]
{
}
(]
[)
{]
((((
))))
(1]
{1)
[1}
(1\n]
f(\n1]
"abc
'abc
"""abc
"a\nb
'a
b'a
f"a
f'{a
r"\"
"\N{foo}"
"\x1"
"\u12"
"\U00110000"
b"\x1"
b"é"
"\N"
"\N{"
u"\N{LATIN SMALL LETTER A"
"a" b"b"
b"a" "b"
b"a" f"b"
f"a" b"b"
0777
00
00.
01.5
01e5
01j
0_0
0__0
1_
1__0
_1
0x
0xg
0x_
0b
0b2
0b12
0o8
0o
0o18
0b1_
1e
1e+
1e_5
1_e5
1.5_
1.e
1.5.5
1a
1if 1else 2
0if 1else 2
1or 2
1_000_
0_7
0_1.5
1jj
1l
0xfor 1
1..real
1.real
1.e5.real
0b1.real
x \ y
x\x
lambda
lambda:
lambda x
lambda x:
lambda x, : 1
lambda *a, : 1
lambda **k, : 1
lambda *, k, : 1
lambda: (yield)
lambda: yield
x if y
x if y else
x if else y
x else y
if else
not
not not
x not y
x not in
x is
x is not
x in
x and
x or or y
and x
x == 
== x
x <
x @ 
x @= 
*
**
**x
**x = 1
x ** 
x, *
x, *, y
x = *
x = *, y
x, y = 
x = y,, z
x; ; y
;
; x
x;;
pass pass
pass x
pass = 1
break x
continue x
return x y
return *
return *x
return x, *y
return *x, y
yield *
def f(): yield *x
def f(): yield *x, y
def f(): return *x
def f(): return *x, y
def f(): x = *y, z
def f(): x = yield *y,
def f(): yield from
def f(): yield from *x
def f(): (yield) = 1
def f(): yield = 1
def f(): x = yield = 1
def f(): del (yield)
def f(): yield x = 1
def f(): (yield x) += 1
def f(): [(yield x) for x in y]
def f(): {(yield x) for x in y}
def f(): {(yield x): 1 for x in y}
def f(): ((yield x) for x in y)
def f(): [(yield from x) for x in y]
def f(): [x for x in (yield)]
def f(): [x for x in y for z in (yield)]
def f(): [x for x in y if (yield)]
class A: [(yield x) for x in y]
[(yield x) for x in y]
lambda: [(yield x) for x in y]
def f(x=(yield)): pass
def f(x: (yield)): pass
class A((yield)): pass
class A: x = yield
def f():\n class A: yield
def f():\n class A: x = yield 1
def f(): lambda: (yield)
def f():\n def g(x=(yield)): pass
def __debug__(): pass
import __debug__
import a as __debug__
from a import __debug__
from a import b as __debug__
def f(__debug__): pass
def f(*, __debug__): pass
lambda __debug__: 1
for __debug__ in x: pass
try: pass\nexcept A as __debug__: pass
global __debug__
(__debug__ := 1)
__debug__ += 1
__debug__: int
__debug__: int = 1
a.__debug__ = 1
a.__debug__ += 1
a.__debug__: int = 1
a.__debug__
del __debug__
del (__debug__,)
[__debug__ for __debug__ in x]
f(**{'__debug__': 1})
def f(): global __debug__
def f(): nonlocal __debug__
def f(*, a): global a
def f(a, b, c, A, b): pass
def f(a, *a): pass
def f(a, **a): pass
'''.strip('\n').split('\n')


def told(source, mode):
    try:
        compile(source, '<t>', mode)
    except SyntaxError as e:
        return type(e).__name__, e.msg, e.lineno, e.offset, e.text
    except Exception as e:
        return type(e).__name__, str(e)
    return 'fine'


for line in BAD:
    line = line.replace('\\n', '\n')
    print(ascii(line))
    for mode in ('exec', 'eval', 'single'):
        print('  ', mode, ascii(told(line + '\n', mode)))
    print('   without an end', ascii(told(line, 'exec')))
