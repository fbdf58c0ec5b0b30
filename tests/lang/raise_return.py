# A handler that returns has ended: its line in the traceback is its frame's, not that of who comes next.
saved = []
def keep(i):
    try:
        raise ValueError(i)
    except ValueError as e:
        saved.append(e)
        return i
def look():
    return saved[-1].__traceback__.tb_frame.f_code.co_name
def go(n):
    r = []
    for i in range(n):
        keep(i)
        r.append(look())
    return r
r = go(1500)
print([x for x in r if x != 'keep'][:3], len(r))
# the same with a finally around, in a loop that is left, and nested
def deeper(i):
    for k in range(3):
        try:
            try:
                raise KeyError(i)
            except KeyError as e:
                saved.append(e)
                if k == 1:
                    return k
                continue
        finally:
            saved.append(saved[-1])
def deep(n):
    r = []
    for i in range(n):
        deeper(i)
        r.append(look())
    return r
r = deep(700)
print([x for x in r if x != 'deeper'][:3], len(r), len(saved))
