# What leaves several small functions at once, through `finally` bodies, into a handler: lines, variables, callers.
import sys

class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code

class Minor(Problem):
    pass

def check(i):
    label = 'at %d' % i
    if i % 5 == 0:
        raise Problem(i)
    if i % 3 == 0:
        raise Minor(i)
    return i

def deep(i, depth):
    if depth == 0:
        return check(i)
    here = depth * 10
    try:
        return deep(i, depth - 1)
    finally:
        if depth == 2:
            here += 1

def shown(e):
    out = []
    t = e.__traceback__
    while t is not None:
        f = t.tb_frame
        names = []
        at = f
        while at is not None and len(names) < 6:
            names.append(at.f_code.co_name)
            at = at.f_back
        some = None if f.f_code.co_name in ('work', '<module>') else sorted(f.f_locals.items())
        out.append((f.f_code.co_name, t.tb_lineno, f.f_lineno, f.f_lasti == t.tb_lasti, some, names))
        t = t.tb_next
    return out

def work(n):
    total = 0
    last = None
    for i in range(n):
        try:
            total += deep(i, 3)
        except Minor as e:
            total -= e.code
            last = e
        except Problem as e:
            total += e.code % 5
            if i % 10:
                last = e
        else:
            total += 1
        assert sys.exc_info() == (None, None, None)
    return total, last

total, last = work(500)
print(total, repr(last), last.__context__)
for line in shown(last):
    print(line)

# The innermost line alone, and again when frames are wanted from the start.
total, last = work(500)
t = last.__traceback__
while t.tb_next is not None:
    t = t.tb_next
last = None
print(t.tb_frame.f_locals, t.tb_frame.f_back.f_locals, t.tb_frame.f_back.f_back.f_code.co_name)
frame = t.tb_frame
print(frame is t.tb_frame, frame.f_back is t.tb_frame.f_back)
