"""Queens on a board by backtracking, with generators of permutations and sets of diagonals."""
import timed


def permutations(pool):
    n = len(pool)
    indices = list(range(n))
    cycles = list(range(n, 0, -1))
    yield tuple(pool)
    while n:
        for i in reversed(range(n)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple([pool[k] for k in indices])
                break
        else:
            return


def queens(n):
    columns = range(n)
    for board in permutations(columns):
        if n == len(set(board[i] + i for i in columns)) == len(set(board[i] - i for i in columns)):
            yield board


def work(n):
    count = 0
    total = 0
    for board in queens(n):
        count += 1
        total = (total * 31 + sum(i * c for i, c in enumerate(board))) % 1000007
    return count, total


if __name__ == '__main__':
    timed.main('nqueens', work, 8)
