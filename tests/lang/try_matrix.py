# try, except, else and finally with every way out
def f(way, log):
    for i in range(3):
        try:
            log.append('t')
            if way == 'raise':
                raise ValueError('v')
            if way == 'return':
                return 'r'
            if way == 'break':
                break
            if way == 'continue':
                continue
            if way == 'other':
                raise KeyError('k')
        except ValueError as e:
            log.append('x')
        else:
            log.append('e')
        finally:
            log.append('f')
        log.append('n')
    else:
        log.append('loop else')
    return 'end'
for way in ('none', 'raise', 'return', 'break', 'continue', 'other'):
    log = []
    try:
        r = f(way, log)
    except KeyError as e:
        r = repr(e)
    print(way, r, log)
