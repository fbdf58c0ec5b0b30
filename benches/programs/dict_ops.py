"""Dicts as records, as memo tables, as graphs and as counters."""
import timed


def groups(n):
    by_key = {}
    for i in range(n):
        key = (i * 7919) % 1013
        by_key.setdefault(key, []).append(i)
    return sum(len(v) * k for k, v in by_key.items())


def memo(n):
    known = {}

    def steps(k):
        if k in known:
            return known[k]
        if k < 2:
            r = 0
        elif k % 2:
            r = 1 + steps(k * 3 + 1)
        else:
            r = 1 + steps(k // 2)
        known[k] = r
        return r

    return max(steps(i) for i in range(1, n)), len(known)


def records(n):
    rows = [{'id': i, 'name': 'name%d' % (i % 97), 'score': i * i % 101} for i in range(n)]
    best = {}
    for row in rows:
        name = row['name']
        if name not in best or best[name]['score'] < row['score']:
            best[name] = row
    for row in rows:
        row['score'] += row.get('bonus', 1)
        if row['score'] % 3 == 0:
            del row['name']
    return sum(r['score'] for r in best.values()), sum(1 for r in rows if 'name' in r)


def paths(n):
    graph = {i: {(i * 3 + 1) % n: 2, (i + 7) % n: 5, (i * i) % n: 1} for i in range(n)}
    distance = {0: 0}
    frontier = [0]
    while frontier:
        following = []
        for node in frontier:
            d = distance[node]
            for to, cost in graph[node].items():
                if d + cost < distance.get(to, 1 << 30):
                    distance[to] = d + cost
                    following.append(to)
        frontier = following
    return sum(distance.values())


def work(n):
    return groups(n), memo(n // 4), records(n // 2), paths(n // 4)


if __name__ == '__main__':
    timed.main('dict_ops', work, 80_000)
