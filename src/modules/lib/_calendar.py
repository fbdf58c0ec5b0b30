"""The calendar half of `time`: broken-down times, and the text of them in the C locale."""

from time import time, _zone

_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
           'September', 'October', 'November', 'December']
_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]


def _field(i, doc):
    return property(lambda self: tuple.__getitem__(self, i), doc=doc)


class struct_time(tuple):
    """A broken-down time: nine items, and two attributes more."""

    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    _NAMES = ('tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday',
              'tm_yday', 'tm_isdst')

    def __new__(cls, sequence, dict=None):
        try:
            items = tuple(sequence)
        except TypeError:
            raise TypeError('constructor requires a sequence') from None
        if len(items) < 9:
            raise TypeError('time.struct_time() takes an at least 9-sequence '
                            f'({len(items)}-sequence given)')
        if len(items) > 11:
            raise TypeError('time.struct_time() takes an at most 11-sequence '
                            f'({len(items)}-sequence given)')
        self = tuple.__new__(cls, items[:9])
        more = dict or {}
        self.tm_zone = items[9] if len(items) > 9 else more.get('tm_zone')
        self.tm_gmtoff = items[10] if len(items) > 10 else more.get('tm_gmtoff')
        return self

    tm_year = _field(0, 'year, for example, 1993')
    tm_mon = _field(1, 'month of year, range [1, 12]')
    tm_mday = _field(2, 'day of month, range [1, 31]')
    tm_hour = _field(3, 'hours, range [0, 23]')
    tm_min = _field(4, 'minutes, range [0, 59]')
    tm_sec = _field(5, 'seconds, range [0, 61])')
    tm_wday = _field(6, 'day of week, range [0, 6], Monday is 0')
    tm_yday = _field(7, 'day of year, range [1, 366]')
    tm_isdst = _field(8, '1 if summer time is in effect, 0 if not, and -1 if unknown')

    def __repr__(self):
        fields = ', '.join(f'{n}={v!r}' for n, v in zip(self._NAMES, self))
        return f'time.struct_time({fields})'

    def __reduce__(self):
        return struct_time, (tuple(self), {'tm_zone': self.tm_zone, 'tm_gmtoff': self.tm_gmtoff})


struct_time.__module__ = 'time'


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days(year, month, day):
    """Days from 1970-01-01; the month may be any number, the day too."""
    year += (month - 1) // 12
    month = (month - 1) % 12
    y = year - 1
    n = y * 365 + y // 4 - y // 100 + y // 400 - 719162
    return n + _BEFORE[month] + (month > 1 and _leap(year)) + day - 1


def _broken(seconds, offset, dst, zone):
    days, rest = divmod(seconds + offset, 86400)
    year = 1970 + days * 400 // 146097
    while _days(year + 1, 1, 1) <= days:
        year += 1
    while _days(year, 1, 1) > days:
        year -= 1
    yday = days - _days(year, 1, 1)
    month = 12
    while _days(year, month, 1) > days:
        month -= 1
    day = days - _days(year, month, 1) + 1
    return struct_time((year, month, day, rest // 3600, rest // 60 % 60, rest % 60,
                        (days + 3) % 7, yday + 1, dst, zone, offset))


def _seconds(given):
    if given is None:
        given = time()
    elif not isinstance(given, (int, float)):
        index = getattr(type(given), '__index__', None)
        if index is None:
            raise TypeError(f'an integer is required (got type {type(given).__name__})')
        given = index(given)
    if given != given:
        raise ValueError('Invalid value NaN (not a number)')
    if not -2 ** 63 <= given < 2 ** 63:
        raise OverflowError('timestamp out of range for platform time_t')
    whole = int(given // 1)
    if not -67768040609740800 <= whole <= 67768036191676799:
        raise OSError(75, 'Value too large for defined data type')
    return whole


def gmtime(seconds=None):
    """A time since 1970 as a time of UTC."""
    return _broken(_seconds(seconds), 0, 0, 'GMT')


def localtime(seconds=None):
    """A time since 1970 as a local time."""
    whole = _seconds(seconds)
    offset, dst, zone = _zone(whole)
    return _broken(whole, offset, dst, zone)


def _parts(t, caller):
    if not isinstance(t, tuple):
        raise TypeError('Tuple or struct_time argument required')
    if len(t) != 9:
        raise TypeError(f'{caller}(): illegal time tuple argument')
    t = tuple([_c_int(v) for v in t])
    if t[0] < -2 ** 31 + 1900:
        raise OverflowError('year out of range')
    return t


def _c_int(v):
    if isinstance(v, float):
        raise TypeError('integer argument expected, got float')
    if not isinstance(v, int):
        index = getattr(type(v), '__index__', None)
        if index is None:
            raise TypeError(f'an integer is required (got type {type(v).__name__})')
        v = index(v)
    if not -2 ** 63 <= v < 2 ** 63:
        raise OverflowError('Python int too large to convert to C long')
    if v >= 2 ** 31:
        raise OverflowError('signed integer is greater than maximum')
    if v < -2 ** 31:
        raise OverflowError('signed integer is less than minimum')
    return int(v)


def mktime(t):
    """Seconds since 1970 of a local time."""
    year, month, day, hour, minute, second, _, _, dst = _parts(t, 'mktime')
    local = _days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    offset, now, _ = _zone(local)
    for _ in range(2):
        offset, now, _ = _zone(local - offset)
    if dst >= 0 and (dst > 0) != (now > 0):
        # The clock that was meant is the other one of the year.
        for away in range(-366, 367, 61):
            other, then, _ = _zone(local - offset + away * 86400)
            if (then > 0) == (dst > 0):
                offset = other
                break
    return float(local - offset)


def _checked(t, caller):
    year, month, day, hour, minute, second, wday, yday, dst = _parts(t, caller)
    month = month or 1
    day = day or 1
    yday = yday or 1
    if not 1 <= month <= 12:
        raise ValueError('month out of range')
    if not 1 <= day <= 31:
        raise ValueError('day of month out of range')
    if not 0 <= hour <= 23:
        raise ValueError('hour out of range')
    if not 0 <= minute <= 59:
        raise ValueError('minute out of range')
    if not 0 <= second <= 61:
        raise ValueError('seconds out of range')
    if wday < -1:
        raise ValueError('day of week out of range')
    if not 1 <= yday <= 366:
        raise ValueError('day of year out of range')
    return year, month, day, hour, minute, second, wday % 7, yday, dst


def asctime(t=None):
    """A time as `Sun Jan  1 00:00:00 2000`."""
    y, mon, d, h, m, s, w, _, _ = _checked(localtime() if t is None else t, 'asctime')
    return f'{_DAYS[w][:3]} {_MONTHS[mon - 1][:3]}{d:3d} {h:02d}:{m:02d}:{s:02d} {y}'


def ctime(seconds=None):
    """asctime(localtime(seconds))"""
    return asctime(localtime(seconds))


def _iso(year, yday, wday):
    """The year and week of ISO 8601."""
    week = (yday - 1 - wday + 10) // 7
    if week < 1:
        year -= 1
        last = 365 + _leap(year)
        week = (yday + last - 1 - wday + 10) // 7
    elif week == 53 and (yday - 1 - wday + 3) >= 365 + _leap(year):
        year, week = year + 1, 1
    return year, week


def _directive(c, f, zone, offset):
    y, mon, d, h, m, s, w, yday, dst = f
    sunday = (w + 1) % 7
    if c == 'a':
        return _DAYS[w][:3]
    if c == 'A':
        return _DAYS[w]
    if c in 'bh':
        return _MONTHS[mon - 1][:3]
    if c == 'B':
        return _MONTHS[mon - 1]
    if c == 'c':
        return f'{_DAYS[w][:3]} {_MONTHS[mon - 1][:3]}{d:3d} {h:02d}:{m:02d}:{s:02d} {y}'
    if c == 'C':
        return str(y // 100)
    if c == 'd':
        return f'{d:02d}'
    if c in 'Dx':
        return f'{mon:02d}/{d:02d}/{y % 100:02d}'
    if c == 'e':
        return f'{d:2d}'
    if c == 'F':
        return f'{y}-{mon:02d}-{d:02d}'
    if c == 'G':
        return str(_iso(y, yday, w)[0])
    if c == 'g':
        return f'{_iso(y, yday, w)[0] % 100:02d}'
    if c == 'H':
        return f'{h:02d}'
    if c == 'I':
        return f'{(h + 11) % 12 + 1:02d}'
    if c == 'j':
        return f'{yday:03d}'
    if c == 'k':
        return f'{h:2d}'
    if c == 'l':
        return f'{(h + 11) % 12 + 1:2d}'
    if c == 'm':
        return f'{mon:02d}'
    if c == 'M':
        return f'{m:02d}'
    if c == 'n':
        return '\n'
    if c == 'p':
        return 'PM' if h >= 12 else 'AM'
    if c == 'P':
        return 'pm' if h >= 12 else 'am'
    if c == 'r':
        return f'{(h + 11) % 12 + 1:02d}:{m:02d}:{s:02d} ' + ('PM' if h >= 12 else 'AM')
    if c == 'R':
        return f'{h:02d}:{m:02d}'
    if c == 's':
        return str(int(mktime((y, mon, d, h, m, s, w, yday, dst))))
    if c == 'S':
        return f'{s:02d}'
    if c == 't':
        return '\t'
    if c in 'TX':
        return f'{h:02d}:{m:02d}:{s:02d}'
    if c == 'u':
        return str(w + 1)
    if c == 'U':
        return f'{(yday - 1 + 7 - sunday) // 7:02d}'
    if c == 'V':
        return f'{_iso(y, yday, w)[1]:02d}'
    if c == 'w':
        return str(sunday)
    if c == 'W':
        return f'{(yday - 1 + 7 - w) // 7:02d}'
    if c == 'y':
        return f'{y % 100:02d}'
    if c == 'Y':
        return str(y)
    if c == 'z':
        sign = '-' if offset < 0 else '+'
        return f'{sign}{abs(offset) // 3600:02d}{abs(offset) // 60 % 60:02d}'
    if c == 'Z':
        return zone
    if c == '%':
        return '%'
    return '%' + c


def strftime(format, t=None):
    """A time as text, by a format."""
    if not isinstance(format, str):
        raise TypeError(f'strftime() argument 1 must be str, not {type(format).__name__}')
    if '\0' in format:
        raise ValueError('embedded null character')
    if t is None:
        t = localtime()
    f = _checked(t, 'strftime')
    zone, offset = getattr(t, 'tm_zone', None), getattr(t, 'tm_gmtoff', None)
    if zone is None or offset is None:
        there = _zone(_days(f[0], f[1], f[2]) * 86400)
        summer = f[8] > 0
        zone = tzname[summer] if f[8] >= 0 else there[2]
        offset = (-altzone if summer else -timezone) if f[8] >= 0 else there[0]
    out = []
    at = 0
    while True:
        i = format.find('%', at)
        if i < 0 or i + 1 == len(format):
            out.append(format[at:])
            return ''.join(out)
        out.append(format[at:i])
        out.append(_directive(format[i + 1], f, zone, offset))
        at = i + 2


def _number(text, at, most, low, high):
    end = at
    while end < len(text) and end - at < most and text[end] in '0123456789':
        end += 1
    while end > at:
        n = int(text[at:end])
        if low <= n <= high:
            return n, end
        end -= 1
    return None, at


def _name(text, at, names):
    rest = text[at:].lower()
    for i in sorted(range(len(names)), key=lambda i: -len(names[i])):
        if rest.startswith(names[i].lower()):
            return i, at + len(names[i])
    return None, at


_NUMBERS = {'d': (2, 1, 31), 'H': (2, 0, 23), 'I': (2, 1, 12), 'j': (3, 1, 366), 'm': (2, 1, 12),
            'M': (2, 0, 59), 'S': (2, 0, 61), 'U': (2, 0, 53), 'W': (2, 0, 53), 'w': (1, 0, 6),
            'u': (1, 1, 7), 'y': (2, 0, 99), 'Y': (4, 0, 9999), 'G': (4, 0, 9999), 'V': (2, 1, 53)}
_COMPOUND = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S', 'D': '%m/%d/%y',
             'T': '%H:%M:%S', 'R': '%H:%M', 'F': '%Y-%m-%d', 'r': '%I:%M:%S %p'}


def strptime(string, format='%a %b %d %H:%M:%S %Y'):
    """Read a time from text."""
    for what, v in (0, string), (1, format):
        if not isinstance(v, str):
            raise TypeError(f'strptime() argument {what} must be str, not {type(v)}')
    pattern = format
    for c, long in _COMPOUND.items():
        pattern = pattern.replace('%%', '\0').replace('%' + c, long).replace('\0', '%%')
    found = {}
    at = i = 0
    while i < len(pattern):
        c = pattern[i]
        i += 1
        if c.isspace():
            if at == len(string) or not string[at].isspace():
                raise _mismatch(string, format)
            while i < len(pattern) and pattern[i].isspace():
                i += 1
            while at < len(string) and string[at].isspace():
                at += 1
            continue
        if c != '%':
            if string[at:at + 1].lower() != c.lower():
                raise _mismatch(string, format)
            at += 1
            continue
        if i == len(pattern):
            raise ValueError(f'stray % in format {format!r}')
        c = pattern[i]
        i += 1
        v = None
        if c in _NUMBERS:
            most, low, high = _NUMBERS[c]
            if c in 'dHIjmMSUWV' and string[at:at + 1] == ' ':
                at += 1
            v, at = _number(string, at, most, low, high)
        elif c == 'a':
            v, at = _name(string, at, [d[:3] for d in _DAYS])
        elif c == 'A':
            v, at = _name(string, at, _DAYS)
        elif c == 'b':
            v, at = _name(string, at, [m[:3] for m in _MONTHS])
        elif c == 'B':
            v, at = _name(string, at, _MONTHS)
        elif c == 'p':
            v, at = _name(string, at, ['AM', 'PM'])
        elif c == 'f':
            start = at
            n, at = _number(string, at, 6, 0, 999999)
            v = None if n is None else n * 10 ** (6 - (at - start))
        elif c == 'z':
            v, at = _offset(string, at)
        elif c == 'Z':
            names = ['utc', 'gmt', *tzname]
            v, at = _name(string, at, names)
            v = None if v is None else names[v]
        elif c == '%':
            if string[at:at + 1] == '%':
                v, at = '%', at + 1
        else:
            raise ValueError(f"'{c}' is a bad directive in format {format!r}")
        if v is None:
            raise _mismatch(string, format)
        found[c] = v
    if at != len(string):
        raise ValueError(f'unconverted data remains: {string[at:]}')
    return _assemble(found)


def _mismatch(string, format):
    return ValueError(f'time data {string!r} does not match format {format!r}')


def _offset(text, at):
    if text[at:at + 1] == 'Z':
        return 0, at + 1
    sign = {'+': 1, '-': -1}.get(text[at:at + 1])
    if sign is None:
        return None, at
    hours, end = _number(text, at + 1, 2, 0, 23)
    if hours is None or end != at + 3:
        return None, at
    if text[end:end + 1] == ':':
        end += 1
    minutes, last = _number(text, end, 2, 0, 59)
    if minutes is None or last != end + 2:
        return None, at
    return sign * (hours * 3600 + minutes * 60), last


def _assemble(found):
    year = found.get('Y')
    if year is None and 'y' in found:
        year = found['y'] + (2000 if found['y'] <= 68 else 1900)
    leap_default = False
    month = found.get('m', found.get('b', found.get('B', -1) + 1 if 'B' in found else None))
    if 'b' in found:
        month = found['b'] + 1
    elif 'B' in found:
        month = found['B'] + 1
    day = found.get('d')
    if year is None and month == 2 and day == 29:
        year, leap_default = 1904, True
    elif year is None:
        year = 1900
    wday = None
    for key, shift in ('a', 0), ('A', 0), ('u', -1):
        if key in found:
            wday = found[key] + shift
    if 'w' in found:
        wday = (found['w'] - 1) % 7
    hour = found.get('H', 0)
    if 'I' in found:
        hour = found['I'] % 12 + (12 if found.get('p') == 1 else 0)
    yday = found.get('j')
    if yday is None and wday is not None and ('U' in found or 'W' in found):
        first = (_days(year, 1, 1) + 3) % 7
        week = found.get('U', found.get('W'))
        of = (wday + 1) % 7 if 'U' in found else wday
        if 'U' in found:
            first = (first + 1) % 7
        lead = (7 - first) % 7
        yday = 1 + of - first if week == 0 else 1 + lead + 7 * (week - 1) + of
    if yday is not None and month is None and day is None:
        days = _days(year, 1, 1) + yday - 1
        t = _broken(days * 86400, 0, 0, None)
        year, month, day = t.tm_year, t.tm_mon, t.tm_mday
    month, day = month or 1, day or 1
    length = [31, 28 + _leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    if day > length:
        raise ValueError('day is out of range for month')
    days = _days(year, month, day)
    if wday is None:
        wday = (days + 3) % 7
    yday = yday or days - _days(year, 1, 1) + 1
    dst = -1
    zone = found.get('Z')
    if zone is not None:
        if zone.lower() in ('utc', 'gmt'):
            dst = 0
        elif tzname[0] != tzname[1]:
            dst = tzname.index(zone)
    return struct_time((1900 if leap_default else year, month, day, hour, found.get('M', 0),
                        found.get('S', 0), wday, yday, dst, zone, found.get('z')))


def tzset():
    """Look at the environment's TZ again."""
    global timezone, altzone, daylight, tzname
    _zone(None)
    year = gmtime().tm_year
    winter = _zone(_days(year, 1, 1) * 86400)
    summer = _zone(_days(year, 7, 1) * 86400)
    if winter[0] > summer[0]:
        winter, summer = summer, winter
    timezone, altzone = -winter[0], -summer[0]
    daylight = int(timezone != altzone)
    tzname = (winter[2], summer[2])


tzset()
