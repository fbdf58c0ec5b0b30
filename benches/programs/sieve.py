"""Eratosthenes' sieve over a list, then the sum of the primes below n."""
import timed


def sieve(n):
    prime = [True] * n
    i = 2
    while i * i < n:
        if prime[i]:
            for j in range(i * i, n, i):
                prime[j] = False
        i += 1
    s = 0
    for i in range(2, n):
        if prime[i]:
            s += i
    return s


if __name__ == '__main__':
    timed.main('sieve', sieve, 3_000_000)
