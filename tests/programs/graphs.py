"""A library of graphs: searches, shortest paths, orders, components, trees, flows, matchings."""
import heapq
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, combinations, count


class GraphError(Exception):
    """The base of what can go wrong."""


class CycleError(GraphError):
    def __init__(self, cycle):
        super().__init__('cycle: ' + ' -> '.join(map(str, cycle)))
        self.cycle = cycle


class NoPath(GraphError, LookupError):
    def __init__(self, a, b):
        super().__init__(a, b)

    def __str__(self):
        return 'no path from %s to %s' % self.args


class Graph(Mapping):
    """node -> {neighbour: weight}; a Mapping, so len, in, iteration and == come with it."""
    directed = True

    def __init__(self, edges=()):
        self._to = {}
        for edge in edges:
            self.connect(*edge)

    def __getitem__(self, node):
        return self._to[node]

    def __iter__(self):
        return iter(self._to)

    def __len__(self):
        return len(self._to)

    def __repr__(self):
        return '%s of %d nodes, %d edges' % (type(self).__name__, len(self), sum(1 for _ in self.edges()))

    @classmethod
    def parse(cls, text):
        edges = []
        for part in text.replace('\n', ' ').split():
            a, _, rest = part.partition('>' if '>' in part else '-')
            b, _, weight = rest.partition(':')
            edges.append((a, b, int(weight or 1)))
        return cls(edges)

    def node(self, name):
        return self._to.setdefault(name, {})

    def connect(self, a, b, weight=1):
        self.node(a)[b] = weight
        self.node(b)
        return self

    def edges(self):
        for a, to in self.items():
            for b, w in to.items():
                yield a, b, w

    def reversed(self):
        g = type(self)()
        for n in self:
            g.node(n)
        for a, b, w in self.edges():
            g.connect(b, a, w)
        return g

    def __or__(self, other):
        return type(self)(chain(self.edges(), other.edges()))

    def __sub__(self, nodes):
        nodes = set(nodes)
        g = type(self)((a, b, w) for a, b, w in self.edges() if not {a, b} & nodes)
        for n in self:
            if n not in nodes:
                g.node(n)
        return g

    def breadth_first(self, start):
        seen, queue = {start: None}, deque([start])
        while queue:
            n = queue.popleft()
            yield n
            for m in self[n]:
                if m not in seen:
                    seen[m] = n
                    queue.append(m)

    def depth_first(self, start, seen=None):
        seen = set() if seen is None else seen
        if start in seen:
            return
        seen.add(start)
        yield 'enter', start
        for m in self[start]:
            yield from self.depth_first(m, seen)
        yield 'leave', start

    def dijkstra(self, start):
        best, parent = {start: 0}, {start: None}
        heap, order, settled = [(0, 0, start)], count(1), set()
        while heap:
            d, _, n = heapq.heappop(heap)
            if n in settled:
                continue
            settled.add(n)
            for m, w in self[n].items():
                if w < 0:
                    raise GraphError('negative weight of %s -> %s' % (n, m))
                if m not in best or d + w < best[m]:
                    best[m], parent[m] = d + w, n
                    heapq.heappush(heap, (d + w, next(order), m))
        return best, parent

    def path(self, a, b):
        best, parent = self.dijkstra(a)
        if b not in best:
            raise NoPath(a, b)
        steps = []
        n = b
        while n is not None:
            steps.append(n)
            n = parent[n]
        return best[b], steps[::-1]

    def bellman_ford(self, start):
        best = {n: float('inf') for n in self}
        best[start] = 0
        for round_ in range(len(self)):
            changed = False
            for a, b, w in self.edges():
                if best[a] + w < best[b]:
                    best[b] = best[a] + w
                    changed = True
            if not changed:
                return best
        raise GraphError('a negative cycle')

    def floyd_warshall(self):
        d = defaultdict(lambda: float('inf'))
        for n in self:
            d[n, n] = 0
        for a, b, w in self.edges():
            d[a, b] = min(d[a, b], w)
        for k in self:
            for i in self:
                for j in self:
                    if d[i, k] + d[k, j] < d[i, j]:
                        d[i, j] = d[i, k] + d[k, j]
        return d

    def topological(self):
        state, order, trail = {}, [], []

        def visit(n):
            if state.get(n) == 'done':
                return
            if state.get(n) == 'open':
                raise CycleError(trail[trail.index(n):] + [n])
            state[n] = 'open'
            trail.append(n)
            for m in self[n]:
                visit(m)
            trail.pop()
            state[n] = 'done'
            order.append(n)
        for n in self:
            visit(n)
        return order[::-1]

    def layers(self):
        waiting = {n: 0 for n in self}
        for _, b, _ in self.edges():
            waiting[b] += 1
        while waiting:
            layer = sorted(n for n, k in waiting.items() if k == 0)
            if not layer:
                raise CycleError(sorted(waiting))
            yield layer
            for n in layer:
                del waiting[n]
                for m in self[n]:
                    waiting[m] -= 1

    def strong_components(self):
        index, low, on, stack, number = {}, {}, set(), [], count()
        found = []

        def visit(n):
            index[n] = low[n] = next(number)
            stack.append(n)
            on.add(n)
            for m in self[n]:
                if m not in index:
                    visit(m)
                    low[n] = min(low[n], low[m])
                elif m in on:
                    low[n] = min(low[n], index[m])
            if low[n] == index[n]:
                component = []
                while True:
                    m = stack.pop()
                    on.discard(m)
                    component.append(m)
                    if m == n:
                        break
                found.append(sorted(component))
        for n in self:
            if n not in index:
                visit(n)
        return found

    def longest(self):
        @lru_cache(maxsize=None)
        def best(n):
            return max(((best(m)[0] + w, (n,) + best(m)[1]) for m, w in self[n].items()), default=(0, (n,)))
        self.topological()
        result = max(best(n) for n in self)
        return result + (best.cache_info()[1],)

    def max_flow(self, source, sink):
        left = defaultdict(dict)
        for a, b, w in self.edges():
            left[a][b] = left[a].get(b, 0) + w
            left[b].setdefault(a, 0)
        total = 0
        while True:
            parent, queue = {source: None}, deque([source])
            while queue and sink not in parent:
                n = queue.popleft()
                for m, room in left[n].items():
                    if room > 0 and m not in parent:
                        parent[m] = n
                        queue.append(m)
            if sink not in parent:
                cut = sorted((a, b) for a, b, _ in self.edges() if a in parent and b not in parent)
                return total, cut
            steps, n = [], sink
            while parent[n] is not None:
                steps.append((parent[n], n))
                n = parent[n]
            room = min(left[a][b] for a, b in steps)
            for a, b in steps:
                left[a][b] -= room
                left[b][a] += room
            total += room


class Undirected(Graph):
    directed = False

    def connect(self, a, b, weight=1):
        super().connect(a, b, weight)
        self._to[b][a] = weight
        return self

    def edges(self):
        done = set()
        for a, b, w in super().edges():
            if (b, a) not in done:
                done.add((a, b))
                yield a, b, w

    def components(self):
        seen = set()
        for n in self:
            if n not in seen:
                part = list(self.breadth_first(n))
                seen.update(part)
                yield sorted(part)

    def bridges(self):
        for a, b, _ in list(self.edges()):
            w = self._to[a].pop(b)
            del self._to[b][a]
            if b not in set(self.breadth_first(a)):
                yield tuple(sorted((a, b)))
            self.connect(a, b, w)

    def two_colours(self):
        colour = {}
        for start in self:
            if start in colour:
                continue
            colour[start] = 0
            for n in self.breadth_first(start):
                for m in self[n]:
                    if colour.setdefault(m, 1 - colour[n]) == colour[n]:
                        return None
        return colour


class SpanningTree(ABC):
    @abstractmethod
    def edges(self, graph):
        """The edges of a least tree, in the order they are found."""

    @classmethod
    def weight(cls, graph):
        return sum(w for _, _, w in cls().edges(graph))


class Kruskal(SpanningTree):
    def edges(self, graph):
        root = {n: n for n in graph}

        def find(n):
            while root[n] != n:
                root[n] = n = root[root[n]]
            return n
        for a, b, w in sorted(graph.edges(), key=lambda e: (e[2], sorted(e[:2]))):
            ra, rb = find(a), find(b)
            if ra != rb:
                root[ra] = rb
                yield tuple(sorted((a, b))) + (w,)


class Prim(SpanningTree):
    def edges(self, graph):
        start = next(iter(graph))
        inside = {start}
        heap = [(w, start, m) for m, w in graph[start].items()]
        heapq.heapify(heap)
        while heap:
            w, a, b = heapq.heappop(heap)
            if b in inside:
                continue
            inside.add(b)
            yield tuple(sorted((a, b))) + (w,)
            for m, w in graph[b].items():
                if m not in inside:
                    heapq.heappush(heap, (w, b, m))


def a_star(rows, start, goal):
    def near(p):
        for d in ((0, -1), (1, 0), (0, 1), (-1, 0)):
            x, y = p[0] + d[0], p[1] + d[1]
            if 0 <= y < len(rows) and 0 <= x < len(rows[y]) and rows[y][x] != '#':
                yield (x, y), int(rows[y][x]) if rows[y][x].isdigit() else 1
    guess = lambda p: abs(p[0] - goal[0]) + abs(p[1] - goal[1])
    cost, parent, heap, looked = {start: 0}, {}, [(guess(start), start)], 0
    while heap:
        _, p = heapq.heappop(heap)
        looked += 1
        if p == goal:
            path = {p}
            while p in parent:
                p = parent[p]
                path.add(p)
            shown = [''.join('*' if (x, y) in path else c for x, c in enumerate(row)) for y, row in enumerate(rows)]
            return cost[goal], looked, shown
        for q, step in near(p):
            if cost[p] + step < cost.get(q, 1 << 30):
                cost[q], parent[q] = cost[p] + step, p
                heapq.heappush(heap, (cost[q] + guess(q), q))
    return None, looked, rows


roads = Undirected.parse('ulm-köln:7 ulm-bern:3 bern-genf:2 genf-lyon:2 lyon-paris:6 köln-paris:6 ulm-wien:8 wien-graz:2 graz-ulm:9 oslo-narvik:9')
print(roads, 'bern' in roads, roads.get('rom'), roads == Undirected(roads.edges()), roads == Graph(roads.edges()))
for a, b in (('ulm', 'paris'), ('genf', 'graz'), ('ulm', 'oslo'), ('ulm', 'ulm')):
    try:
        print('  %s to %s: %d by %s' % (a, b, *[x if isinstance(x, int) else ' '.join(x) for x in roads.path(a, b)]))
    except NoPath as e:
        print('  ', e, isinstance(e, LookupError), e.args)
print('components', list(roads.components()), 'bridges', sorted(roads.bridges()), 'colours', roads.two_colours() is not None)
print('without ulm', list((roads - ['ulm']).components()), 'breadth', list(roads.breadth_first('genf')))
connected = roads - ['oslo', 'narvik']
for tree in (Kruskal, Prim):
    print(tree.__name__, tree.weight(connected), list(tree().edges(connected)))
try:
    SpanningTree()
except TypeError as e:
    print(e)

build = Graph.parse('app>ui app>net ui>core net>core net>tls core>libc tls>libc tests>app docs>ui')
print(build, build.topological(), list(build.layers()))
print('longest', build.longest(), 'depth', ' '.join(('(' if w == 'enter' else ')') + n for w, n in build.depth_first('app')))
for broken in ('a>b b>c c>a', 'x>y y>y', 'a>b b>c c>d d>b'):
    g = Graph.parse(broken)
    for find in (g.topological, lambda: list(g.layers())):
        try:
            find()
        except CycleError as e:
            print('  ', e, len(e.cycle))
print('strong', Graph.parse('a>b b>c c>a b>d d>e e>f f>d g>f g>h').strong_components())
signed = Graph.parse('s>a:4 s>b:2 b>a:-1 a>t:3 b>t:7')
print('signed', signed.bellman_ford('s'))
for f in (lambda: signed.dijkstra('s'), lambda: (signed | Graph.parse('t>b:-9')).bellman_ford('s'), lambda: signed['nowhere']):
    try:
        f()
    except (GraphError, KeyError) as e:
        print('  ', type(e).__name__, e)
d = signed.floyd_warshall()
print('all pairs', sorted((a + b, v) for (a, b), v in d.items() if v < float('inf') and a != b))
pipes = Graph.parse('s>a:10 s>b:5 b>a:15 a>c:9 a>d:8 b>d:4 c>t:10 d>c:3 d>t:10')
print('flow', pipes.max_flow('s', 't'), pipes.reversed().max_flow('t', 's')[0])
jobs = {'ann': 'cook drive', 'bob': 'cook', 'cid': 'drive sing', 'dan': 'sing cook'}
matching = Graph(chain((('s', p) for p in jobs), ((p, j) for p in jobs for j in jobs[p].split()), ((j, 't') for j in ('cook', 'drive', 'sing'))))
print('matching', matching.max_flow('s', 't'))
for rows in (['S..#....', '.#.#.##.', '.#...#..', '.####.#.', '.....9.G'], ['S#G', '.#.', '##.']):
    cost, looked, shown = a_star(rows, (0, 0), next((r.index('G'), y) for y, r in enumerate(rows) if 'G' in r))
    print('cost', cost, 'looked at', looked)
    print('\n'.join('   ' + r for r in shown))
words = ['cold', 'cord', 'card', 'ward', 'warm', 'word', 'worm', 'corm', 'gold']
ladder = Undirected((a, b) for a, b in combinations(words, 2) if sum(x != y for x, y in zip(a, b)) == 1)
print(ladder, ladder.path('gold', 'warm'), max(ladder, key=lambda w: (len(ladder[w]), w)))
