# Native code that calls itself relies on getting no negative numbers, where all that it returns is none. What the
# interpreter returns for it once it has left is looked at: two that are far below 0 have a sum that looks positive in 64 bits.
least = [-1]


def tree(n):
    if n < 2:
        return n
    if n <= least[0]:
        return -2 ** 63
    return tree(n - 1) + tree(n - 2)


def steps(n):
    if n < 2:
        return n
    if n <= least[0]:
        return -1
    return steps(n - 1) + 3


for i in range(40):
    tree(14), steps(30)
print(tree(14), steps(30), tree(-4), steps(-4), tree(1))
least[0] = 5
print(tree(6), tree(7), tree(8), tree(14))
print(steps(6), steps(9), steps(30))
least[0] = -1
print(tree(14), steps(30), tree(True), steps(2 ** 70) if 0 else None)


# Where the argument may be negative, so may the result.
def down(n):
    if n < 0:
        return n
    return down(n - 7) + down(n - 5)


print([down(n) for n in range(-2, 40, 3)])


# Native code has seen no negative number here; the interpreter goes on from it and finds one.
class Low:
    def __and__(self, other):
        return -2 ** 63


leaf = [3]


def leaves(n):
    if n < 2:
        return leaf[0] & 7
    return leaves(n - 1) + leaves(n - 2)


for i in range(40):
    leaves(14)
print(leaves(14))
leaf[0] = Low()
print(leaves(3), leaves(4), leaves(9))
