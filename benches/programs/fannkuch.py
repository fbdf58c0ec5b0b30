"""The most reversals of a prefix that any permutation needs, over all permutations."""
import timed


def fannkuch(n):
    order = list(range(n))
    count = [0] * n
    most = checksum = sign = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        first = order[0]
        if first:
            pile = order[:]
            flips = 0
            while first:
                pile[:first + 1] = pile[first::-1]
                flips += 1
                first = pile[0]
            if flips > most:
                most = flips
            checksum += -flips if sign else flips
        sign = 1 - sign
        while True:
            if r == n:
                return checksum, most
            order.insert(r, order.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


def work(n):
    return [fannkuch(k) for k in (n, n - 1, n)]


if __name__ == '__main__':
    timed.main('fannkuch', work, 8)
