"""Solvers: sudoku by propagation and search, a puzzle of constraints, colouring, exact cover."""
from collections import defaultdict, deque
from itertools import combinations, permutations, product

ROWS, COLUMNS = 'ABCDEFGHI', '123456789'


class Sudoku:
    squares = [r + c for r in ROWS for c in COLUMNS]
    units = ([[r + c for c in COLUMNS] for r in ROWS] + [[r + c for r in ROWS] for c in COLUMNS] +
             [[r + c for r in rs for c in cs] for rs in ('ABC', 'DEF', 'GHI') for cs in ('123', '456', '789')])
    of = {}
    for s in squares:
        of[s] = []
        for unit in units:
            if s in unit:
                of[s].append(unit)
    del s, unit
    peers = {s: set().union(*us) - {s} for s, us in of.items()}

    class Contradiction(Exception):
        pass

    def __init__(self, text):
        self.guesses = 0
        self.values = {s: COLUMNS for s in self.squares}
        for s, c in zip(self.squares, text):
            if c in COLUMNS:
                self.assign(self.values, s, c)

    def assign(self, values, s, d):
        for other in values[s].replace(d, ''):
            self.eliminate(values, s, other)

    def eliminate(self, values, s, d):
        if d not in values[s]:
            return
        values[s] = values[s].replace(d, '')
        if not values[s]:
            raise self.Contradiction(s)
        if len(values[s]) == 1:
            for p in sorted(self.peers[s]):
                self.eliminate(values, p, values[s])
        for unit in self.of[s]:
            places = [x for x in unit if d in values[x]]
            if not places:
                raise self.Contradiction(s, d)
            if len(places) == 1:
                self.assign(values, places[0], d)

    def search(self, values=None):
        values = values or self.values
        open_squares = [s for s in self.squares if len(values[s]) > 1]
        if not open_squares:
            return values
        s = min(open_squares, key=lambda s: (len(values[s]), s))
        for d in values[s]:
            self.guesses += 1
            copy = dict(values)
            try:
                self.assign(copy, s, d)
                found = self.search(copy)
            except self.Contradiction:
                continue
            if found:
                return found
        return None

    def lines(self, values):
        for i, r in enumerate(ROWS):
            yield ' '.join(''.join(values[r + c] for c in cs) for cs in ('123', '456', '789'))
            if i in (2, 5):
                yield ''


GRIDS = {
    'easy': '003020600900305001001806400008102900700000008006708200002609500800203009005010300',
    'middle': '4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......',
    'wrong': '55' + '.' * 79,
}


def sudoku():
    for name, text in GRIDS.items():
        try:
            s = Sudoku(text)
        except Sudoku.Contradiction as e:
            print(name, 'cannot be solved:', e.args)
            continue
        known = sum(len(v) == 1 for v in s.values.values())
        solved = s.search()
        print('%s: %d known by propagation alone, %d guesses' % (name, known, s.guesses))
        for line in s.lines(solved):
            print('   ', line)


class Problem:
    """Variables with domains, binary and wider constraints; arcs are made consistent before each guess."""

    def __init__(self):
        self.domains = {}
        self.constraints = defaultdict(list)
        self.steps = 0

    def variable(self, name, domain):
        self.domains[name] = tuple(domain)

    def add(self, test, *names):
        for n in names:
            self.constraints[n].append((test, names))

    def different(self, names):
        for a, b in combinations(names, 2):
            self.add(lambda x, y: x != y, a, b)

    def consistent(self, domains, name, value):
        for test, names in self.constraints[name]:
            if len(names) == 1:
                if not test(value):
                    return False
            elif len(names) == 2:
                other = names[0] if names[1] == name else names[1]
                for candidate in domains[other]:
                    if test(*((value, candidate) if names[0] == name else (candidate, value))):
                        break
                else:
                    return False
        return True

    def propagate(self, domains):
        queue = deque(sorted(domains))
        while queue:
            name = queue.popleft()
            kept = tuple(v for v in domains[name] if self.consistent(domains, name, v))
            if not kept:
                return False
            if kept != domains[name]:
                domains[name] = kept
                for _, names in self.constraints[name]:
                    queue.extend(n for n in names if n != name and n not in queue)
        return True

    def solutions(self, domains=None):
        domains = dict(domains or self.domains)
        self.steps += 1
        if not self.propagate(domains):
            return
        undecided = [n for n in domains if len(domains[n]) > 1]
        if not undecided:
            values = {n: d[0] for n, d in domains.items()}
            if all(test(*(values[n] for n in names)) for cs in self.constraints.values() for test, names in cs):
                yield values
            return
        name = min(undecided, key=lambda n: (len(domains[n]), n))
        for value in domains[name]:
            yield from self.solutions({**domains, name: (value,)})


def houses():
    p = Problem()
    kinds = {
        'colour': 'red green ivory yellow blue'.split(),
        'owner': 'English Spanish Ukrainian Norwegian Japanese'.split(),
        'pet': 'dog snails fox horse zebra'.split(),
        'drink': 'coffee tea milk juice water'.split(),
        'work': 'painter sculptor diplomat violinist doctor'.split(),
    }
    for names in kinds.values():
        for n in names:
            p.variable(n, range(1, 6))
        p.different(names)
    same = lambda a, b: a == b
    beside = lambda a, b: abs(a - b) == 1
    for a, b in [('English', 'red'), ('Spanish', 'dog'), ('coffee', 'green'), ('Ukrainian', 'tea'), ('sculptor', 'snails'),
                 ('diplomat', 'yellow'), ('violinist', 'juice'), ('Japanese', 'painter')]:
        p.add(same, a, b)
    p.add(lambda g, i: g == i + 1, 'green', 'ivory')
    p.add(lambda m: m == 3, 'milk')
    p.add(lambda n: n == 1, 'Norwegian')
    for a, b in [('Norwegian', 'blue'), ('doctor', 'fox'), ('diplomat', 'horse')]:
        p.add(beside, a, b)
    answers = list(p.solutions())
    print('houses:', len(answers), 'answer,', p.steps, 'steps')
    for house in range(1, 6):
        row = [next(n for n in names if answers[0][n] == house) for names in kinds.values()]
        print('    %d ' % house + ' '.join('%-10s' % x for x in row).rstrip())


def colouring():
    borders = {'WA': 'NT SA', 'NT': 'WA SA Q', 'SA': 'WA NT Q NSW V', 'Q': 'NT SA NSW', 'NSW': 'Q SA V', 'V': 'SA NSW', 'T': ''}
    for count in (2, 3, 4):
        p = Problem()
        for land in borders:
            p.variable(land, range(count))
        for land, others in borders.items():
            for other in others.split():
                if land < other:
                    p.different([land, other])
        total = 0
        first = None
        for answer in p.solutions():
            total += 1
            first = first or answer
        print('colouring with %d: %d ways' % (count, total), sorted(first.items()) if first else None)


def letters(puzzle):
    words = puzzle.replace('+', ' ').replace('=', ' ').split()
    unknown = sorted(set(''.join(words)))
    heads = {w[0] for w in words}
    weights = defaultdict(int)
    for w in words[:-1]:
        for i, c in enumerate(reversed(w)):
            weights[c] += 10 ** i
    for i, c in enumerate(reversed(words[-1])):
        weights[c] -= 10 ** i
    order = sorted(unknown, key=lambda c: (-abs(weights[c]), c))
    limits = [sum(abs(weights[c]) * 9 for c in order[i:]) for i in range(len(order) + 1)]

    def extend(i, used, total, values):
        if i == len(order):
            if total == 0:
                yield dict(zip(order, values))
            return
        if abs(total) > limits[i]:
            return
        c = order[i]
        for d in range(10):
            if d not in used and not (d == 0 and c in heads):
                yield from extend(i + 1, used | {d}, total + d * weights[c], values + (d,))

    return list(extend(0, frozenset(), 0, ()))


class Cover:
    """Exact cover with dicts of sets: Knuth's X in the plain form."""

    def __init__(self, rows):
        self.rows = rows
        self.columns = {}
        for name, cells in rows.items():
            for c in cells:
                self.columns.setdefault(c, set()).add(name)

    def select(self, row):
        removed = []
        for c in self.rows[row]:
            for other in self.columns[c]:
                for k in self.rows[other]:
                    if k != c:
                        self.columns[k].remove(other)
            removed.append(self.columns.pop(c))
        return removed

    def deselect(self, row, removed):
        for c in reversed(self.rows[row]):
            self.columns[c] = removed.pop()
            for other in self.columns[c]:
                for k in self.rows[other]:
                    if k != c:
                        self.columns[k].add(other)

    def solve(self, chosen=()):
        if not self.columns:
            yield sorted(chosen)
            return
        c = min(self.columns, key=lambda c: (len(self.columns[c]), c))
        for row in sorted(self.columns[c]):
            removed = self.select(row)
            yield from self.solve(chosen + (row,))
            self.deselect(row, removed)


def dominoes(width, height):
    rows = {}
    for x, y in product(range(width), range(height)):
        if x + 1 < width:
            rows['%d%dh' % (x, y)] = [(x, y), (x + 1, y)]
        if y + 1 < height:
            rows['%d%dv' % (x, y)] = [(x, y), (x, y + 1)]
    return Cover(rows)


def squares():
    for a in permutations(range(1, 10), 3):
        if sum(a) != 15:
            continue
        rest = [d for d in range(1, 10) if d not in a]
        for b in permutations(rest, 3):
            c = tuple(15 - x - y for x, y in zip(a, b))
            if sum(b) == 15 and set(c) == set(rest) - set(b) and a[0] + b[1] + c[2] == 15 == a[2] + b[1] + c[0]:
                yield a, b, c


sudoku()
houses()
colouring()
for puzzle in ('SEND + MORE = MONEY', 'TWO + TWO = FOUR', 'A + A = B'):
    found = letters(puzzle)
    print(puzzle, '->', len(found), found[0] if found else None)
print('cover:', list(Cover({'A': [1, 4, 7], 'B': [1, 4], 'C': [4, 5, 7], 'D': [3, 5, 6], 'E': [2, 3, 6, 7], 'F': [2, 7]}).solve()))
for size in ((2, 2), (3, 2), (4, 4), (3, 3)):
    print('dominoes', size, sum(1 for _ in dominoes(*size).solve()))
for s in squares():
    print('magic', s)
