# `f(*t)` and `f(**d)` of classes derived from tuple, list and dict: those that iterate in their own way are asked.
class Letters(tuple):
    def __iter__(self):
        return iter('abcd')


class Pair(tuple):
    pass


class Items(list):
    def __iter__(self):
        return iter('xyz')


class Keyed(dict):
    def keys(self):
        return iter(['q'])

    def __getitem__(self, k):
        return 9


class Walked(dict):
    def __iter__(self):
        return iter(['w'])

    def keys(self):
        return ['w']

    def __getitem__(self, k):
        return k * 2


def take(*a, **k):
    return a, k


def two(a, b):
    return a, b


letters, pair, items = Letters((1, 2)), Pair((1, 2)), Items([1, 2])
keyed, walked = Keyed(a=1), Walked(b=2)


def run():
    return (take(*letters), take(*pair), take(*items), take(*letters, **{'k': 1}), take(0, *letters), take(*letters, *pair),
            two(*pair), take(**keyed), take(**walked), take(*pair, **walked), take(1, **walked, c=3))


for i in range(2000):
    last = run()
for row in last:
    print(row)
print(type(take(*pair)[0]), type(take(**keyed)[1]), type(take(**walked)[1]))
for f, a in ((two, letters), (two, items), (max, letters), (len, pair)):
    try:
        print(f(*a))
    except TypeError as e:
        print(e)
