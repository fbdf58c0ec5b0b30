import sys
print(sys.get_int_max_str_digits())

def attempt(f, *args):
    try:
        r = f(*args)
        print(r if r is None or len(str(r)) < 80 else len(str(r)))
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)

big = 10 ** 4300
attempt(str, big)
attempt(str, -big)
attempt(str, 10 ** 4299)
attempt(str, 10 ** 100000)
attempt(repr, [big])
attempt(format, big, 'd')
attempt(format, big, ',')
attempt(lambda: '%d' % (big,))
attempt(lambda: f'{big}')
attempt(lambda: len(hex(big)))
attempt(lambda: len('%x' % (big,)))
attempt(int, '1' * 4301)
attempt(int, '-' + '1' * 4301)
attempt(int, '0' * 5000 + '1')
attempt(int, '_'.join('1' * 4301))
attempt(int, '1' * 5000, 3)
attempt(lambda: int('1' * 5000, 16) % 7)
attempt(lambda: int('1' * 4300) % 7)
for n in 639, -1, 'a', 10 ** 30:
    attempt(sys.set_int_max_str_digits, n)
attempt(sys.set_int_max_str_digits, 640)
attempt(str, 10 ** 640)
attempt(str, 10 ** 639)
sys.set_int_max_str_digits(maxdigits=0)
print(len(str(big)), len(str(10 ** 20000)), int('7' * 20000) % 1000003)
