# return, break and continue in finally override what was on its way
def ret_ret():
    try:
        return 1
    finally:
        return 2
def raise_ret():
    try:
        raise ValueError
    finally:
        return 3
def brk():
    for i in range(5):
        try:
            return i
        finally:
            break
    return 'after', i
def cont():
    out = []
    for i in range(3):
        try:
            out.append(i)
            raise KeyError(i)
        finally:
            continue
    return out
def nested():
    try:
        try:
            return 'inner'
        finally:
            raise ValueError('from finally')
    except ValueError as e:
        return str(e), repr(e.__context__)
def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2
def deep():
    log = []
    def g():
        try:
            try:
                try:
                    return log.append('r') or 'v'
                finally:
                    log.append(1)
            finally:
                log.append(2)
        finally:
            log.append(3)
    return g(), log
print(ret_ret(), raise_ret(), brk(), cont(), nested(), value_kept(), deep())
def cond(n):
    for i in range(10):
        try:
            if i == n:
                return 'ret', i
        finally:
            if i == 3:
                break
            if i == 4:
                return 'fin', i
    return 'out', i
print(cond(1), cond(3), cond(9))
