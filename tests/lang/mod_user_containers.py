# collections.UserDict, UserList, UserString as base classes.
from collections import UserDict, UserList, UserString
import copy


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


d = Lower({'A': 1}, B=2)
d.update(C=3)
d.setdefault('D', 4)
print(d, d['a'], 'A' in d, len(d), d.copy(), type(d.copy()).__name__, copy.copy(d) == d)
print(Lower.fromkeys(['X', 'Y'], 0), d.pop('b'), d.popitem(), d == {'c': 3, 'd': 4}, d.data)


class Missing(UserDict):
    def __missing__(self, key):
        return key * 2


print(Missing()['ab'], Missing().get('ab'), 'ab' in Missing())


class Sum(UserList):
    def total(self):
        return sum(self)


s = Sum([3, 1, 2])
print(s, s + [4], [0] + s, s * 2, s[1:], type(s[1:]).__name__, (s + [1]).total(), s == [3, 1, 2], s < [4])
s.append(9)
s += (5,)
s.sort()
s.insert(0, 'i')
print(s, s.pop(), s.index(5), s.count(1), 9 in s, len(s), s.copy(), list(reversed(s)))
s[0] = s[1] = 0
del s[2:]
s.extend(UserList('xy'))
s.reverse()
print(s)


class Shout(UserString):
    def shout(self):
        return self.upper() + '!'


u = Shout('hey you')
print(u.shout(), type(u.shout()).__name__, u[0], u[:3], u == 'hey you', u + '?', '<' + u, u * 2)
print(u.title(), u.replace('you', 'all'), u.split(), u.find('you'), 'hey' in u, hash(u) == hash('hey you'))
print(u.center(11, '*'), '%s and %s' % (u, u), Shout('%d') % 5, int(Shout('7')) + 1, u.encode(), repr(u))
for f in (lambda: d['zz'], lambda: s.pop(99), lambda: s.remove('q'), lambda: u.index('q'), lambda: u + 1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
