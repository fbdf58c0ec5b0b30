# time: broken-down times, mktime, strftime, strptime, errors
import time

MOMENTS = [0, 1, 86399, 951782400, 951868800, 1000000000, 1234567890.75, 1582934400, 1609459199, 4102444800,
           -1, -86400, -2208988800, 253402300799, -62135596800]
for m in MOMENTS:
    t = time.gmtime(m)
    print(m, t)
    print(time.asctime(t), t.tm_zone, t.tm_gmtoff, tuple(t) == t)
    print(time.strftime('%a %A %b %B %c %C %d %D %e %F %G %g %H %I %j %m %M %p %r %R %S %T %u %U %V %w %W %x %X %y %Y %%', t))

for year in range(1995, 2031):
    for month, day in (1, 1), (1, 4), (12, 28), (12, 31):
        t = time.struct_time((year, month, day, 0, 0, 0, 0, 0, 0))
        days = time.mktime((year, month, day, 12, 0, 0, 0, 0, 0))
        real = time.localtime(days)
        print(time.strftime('%Y-%m-%d %G %V %U %W %j %a', real), end='; ')
print()

t = time.struct_time((2001, 2, 3, 4, 5, 6, 7, 8, 9))
print(t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_wday, t.tm_yday, t.tm_isdst)
print(t.tm_zone, t.tm_gmtoff, len(t), t[1:3], isinstance(t, tuple), time.struct_time.n_fields)
print(time.struct_time(range(11)).tm_zone, type(t).__module__, type(t).__name__)
for wrong in [(1, 2), range(12), 5]:
    try:
        time.struct_time(wrong)
    except TypeError as e:
        print(e)
base = [2000, 1, 1, 0, 0, 0, 0, 1, 0]
for i, v in [(1, 13), (1, -1), (2, 32), (3, 24), (4, 60), (5, 62), (6, -2), (7, 367), (7, -1)]:
    bad = list(base)
    bad[i] = v
    try:
        print(time.strftime('%c', tuple(bad)))
    except ValueError as e:
        print(i, v, e)
for f in (lambda: time.strftime(5), lambda: time.asctime((1, 2)), lambda: time.strftime('%Y', [1]),
          lambda: time.gmtime(float('nan')), lambda: time.gmtime('x'), lambda: time.mktime(tuple('abcdefghi')),
          lambda: time.gmtime(1e30), lambda: time.no_such_name):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

for text, format in [('2001-02-03', '%Y-%m-%d'), ('03 Feb 2001 04:05:06', '%d %b %Y %H:%M:%S'),
                     ('Sat Feb  3 04:05:06 2001', '%a %b %d %H:%M:%S %Y'), ('12:30 PM', '%I:%M %p'),
                     ('12:30 am', '%I:%M %p'), ('99', '%y'), ('68', '%y'), ('2000 366', '%Y %j'),
                     ('2019 10 Mon', '%Y %W %a'), ('2019 10 0', '%Y %U %w'), ('29 feb', '%d %b'),
                     ('1.500000', '%S.%f'), ('+0130', '%z'), ('100%', '%H0%%'), ('  2001', ' %Y'),
                     ('10:11', '%X'), ('2001-2-3 4', '%Y-%m-%d'), ('2001-02-30', '%Y-%m-%d'), ('x', '%Q')]:
    try:
        t = time.strptime(text, format)
        print(tuple(t), t.tm_gmtoff)
    except ValueError as e:
        print(type(e).__name__, e)

now = time.time()
print(abs(time.mktime(time.localtime(now)) - now) <= 1, len(time.tzname), time.daylight in (0, 1))
print(time.localtime(now).tm_gmtoff in (-time.timezone, -time.altzone))
print(time.clock_gettime(time.CLOCK_REALTIME) - now < 60, time.thread_time() >= 0)
print(time.ctime(now) == time.asctime(time.localtime(now)))
