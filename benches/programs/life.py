"""The game of life: once over a set of cells, once over a grid of lists."""
import timed

GLIDER = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
PENTOMINO = {(30, 31), (30, 32), (31, 30), (31, 31), (32, 31)}


def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    at = x + dx, y + dy
                    counts[at] = counts.get(at, 0) + 1
    return {at for at, k in counts.items() if k == 3 or k == 2 and at in cells}


class Grid:
    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.rows = [[False] * width for _ in range(height)]

    def neighbours(self, x, y):
        count = 0
        for dy in (-1, 0, 1):
            row = self.rows[(y + dy) % self.height]
            for dx in (-1, 0, 1):
                if (dx or dy) and row[(x + dx) % self.width]:
                    count += 1
        return count

    def step(self):
        following = Grid(self.width, self.height)
        for y in range(self.height):
            for x in range(self.width):
                k = self.neighbours(x, y)
                following.rows[y][x] = k == 3 or (k == 2 and self.rows[y][x])
        return following

    def alive(self):
        return sum(row.count(True) for row in self.rows)


def work(n):
    cells = GLIDER | PENTOMINO
    for _ in range(n):
        cells = step(cells)
    grid = Grid(24, 24)
    for x, y in PENTOMINO:
        grid.rows[y - 20][x - 20] = True
    for _ in range(n // 4):
        grid = grid.step()
    return len(cells), min(cells), grid.alive()


if __name__ == '__main__':
    timed.main('life', work, 400)
