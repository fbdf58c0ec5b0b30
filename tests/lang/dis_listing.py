"""dis.dis of everything that has code: the text is CPython's."""
import dis
import opcode


def circle(a, b=1):
    """Doc."""
    def inner(x):
        return a + x
    total = 0
    for i in range(10):
        if i < 5 and a:
            total += i
        else:
            total -= f"{i!r:>3} {a!s} {b}".count('x')
    while True:
        try:
            total = inner(total)
        except ValueError as e:
            break
        finally:
            total = 1
    return inner


dis.dis(circle)
print('--')
dis.dis(circle, depth=0)
dis.dis(circle, depth=1)
dis.dis(circle.__code__.co_code)
dis.dis('x + 1')
dis.dis('x = [1, "a"]\ny = x')
dis.dis(lambda: None)
dis.dis([].append.__class__)
for x in (1, None, [], print):
    try:
        dis.dis(x)
    except Exception as e:
        print(type(e).__name__, e)
    try:
        dis.code_info(x)
    except Exception as e:
        print(type(e).__name__, e)
dis.show_code(circle)
dis.show_code('x = 1')
print(dis.code_info('x'))
dis.disassemble(circle.__code__, 4)
dis.disco((lambda a: a).__code__, lasti=2)
print(dis.pretty_flags(0), dis.pretty_flags(0x7fffffff), dis.pretty_flags(67), dis.pretty_flags(0x800))
long = "\n" * 1200 + "x = 1\n" + "if a:\n" + "  x = f(1, 2, 3)\n" * 20
code = compile(long, "long", "exec")
dis.dis(code)
print(dis.findlabels(code.co_code), dis.findlabels(circle.__code__.co_code))
print(list(dis.findlinestarts(circle.__code__)))
for i in dis.get_instructions(circle):
    print(i)
for i in dis.get_instructions('x = y.z', first_line=10):
    print(i.opname, i.opcode, i.arg, i.argval, i.argrepr, i.offset, i.starts_line, i.is_jump_target, len(i), i[0])
print(dis.opname == opcode.opname, dis.opmap == opcode.opmap, list(dis.opmap))
print(dis.opname)
print(dis.hasconst, dis.hasname, dis.hasjrel, dis.hasjabs, dis.haslocal, dis.hascompare, dis.hasfree, dis.hasnargs)
print(dis.cmp_op, dis.HAVE_ARGUMENT, dis.EXTENDED_ARG, dis.COMPILER_FLAG_NAMES)
bad = circle.__code__.replace(co_consts=())
try:
    dis.dis(bad)
except IndexError as e:
    print(e)


def fails():
    x = 1
    return x + ''


try:
    fails()
except TypeError as e:
    dis.distb(e.__traceback__)
try:
    dis.distb()
except RuntimeError as e:
    print(e)
for op in range(256):
    row = [op]
    for arg in None, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 256, 259, 1000:
        for jump in None, True, False:
            try:
                row.append(dis.stack_effect(op, arg, jump=jump))
            except ValueError as e:
                row.append(len(str(e)))
    print(row)
for text in ("dis.stack_effect('x')", "dis.stack_effect()", "dis.stack_effect(93, 'x')", "dis.stack_effect(93, 1, 1)",
             "dis.stack_effect(93, 1, foo=1)", "dis.stack_effect(93, 1, jump=1)", "dis.stack_effect(1000)",
             "dis.stack_effect(-1)"):
    try:
        print(eval(text))
    except Exception as e:
        print(type(e).__name__, e)
