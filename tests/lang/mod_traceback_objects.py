# traceback: the objects behind the text.
import sys
import traceback


def f(a):
    b = a * 2
    return g(b)


def g(c):
    return 1 / (c - c)


try:
    f(3)
except ZeroDivisionError as e:
    tb = e.__traceback__
    exc = e
stack = traceback.extract_tb(tb)
print(len(stack), stack[1].name, stack[1].lineno, stack[1].line, repr(stack[2]))
print(list(stack[1])[1:], stack[1] == traceback.extract_tb(tb)[1], stack[1][2], len(stack[1]))
print([(frame.f_code.co_name, line) for frame, line in traceback.walk_tb(tb)])
te = traceback.TracebackException(type(exc), exc, tb, capture_locals=True)
print(te.exc_type, str(te), te.stack[1].locals, te.stack[2].locals, te.__cause__, te.__context__)
print(''.join(traceback.StackSummary.from_list(te.stack[1:]).format()), end='')
print(''.join(traceback.TracebackException.from_exception(exc, limit=-1).format()), end='')
print(list(te.format_exception_only()))
s = traceback.StackSummary.from_list([('no.py', 1, 'one', 'text'), ('no.py', 2, 'two', None)])
print(s, s.format(), traceback.format_list(s))
s = traceback.StackSummary.from_list([('no.py', 7, 'again', 'again()')] * 6)
print(s.format())
fs = traceback.FrameSummary('no.py', 5, 'name', line='a line', locals={'x': [1]})
print(fs, fs.locals, fs.line, fs == ('no.py', 5, 'name', 'a line'), fs == 5)
traceback.clear_frames(tb)
print(tb.tb_next.tb_frame.f_locals)
a, b = ValueError(1), ValueError(2)
a.__cause__, b.__cause__ = b, a
print(traceback.format_exception(ValueError, a, None))
try:
    traceback.print_last()
except ValueError as e:
    print(e)
sys.tracebacklimit = 1
try:
    f(1)
except ZeroDivisionError:
    print(traceback.format_exc(), end='')
sys.tracebacklimit = -5
print(traceback.format_stack())
