1 + 1
"a" "b"
(1, 2)
x
None
x; 5; y
def f():
    1 + 1
    "s" + "t"
    3
