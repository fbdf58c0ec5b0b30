# return through finally bodies, loops and handlers; a return in the finally body overrides.
log = []


def through_one():
    try:
        return 1
    finally:
        log.append('f')


def through_two():
    try:
        try:
            return 'v'
        finally:
            log.append('inner')
    finally:
        log.append('outer')


def in_for(xs):
    for x in xs:
        for y in xs:
            try:
                if x + y == 4:
                    return (x, y)
                log.append(x + y)
            finally:
                log.append('f')
    return None


def overridden():
    try:
        return 1
    finally:
        return 2


def swallows():
    try:
        1 / 0
    finally:
        return 'swallowed'


def from_handler(k):
    for i in range(3):
        try:
            {}[k]
        except KeyError as e:
            try:
                return (i, e.args[0])
            finally:
                log.append('in handler')
        finally:
            log.append('after handler')


def from_else():
    try:
        pass
    except ValueError:
        return 'no'
    else:
        return 'else'
    finally:
        log.append('else f')


def value_is_kept():
    x = [1]
    try:
        return x[0]
    finally:
        x[0] = 2
        x = None


def body_with_loop(n):
    try:
        return n
    finally:
        for i in range(n):
            if i == 2:
                break
            try:
                continue
            finally:
                log.append(i)


def handler_in_body():
    try:
        return 'kept'
    finally:
        try:
            [][0]
        except IndexError as e:
            log.append(str(e))


for f in (through_one, through_two, overridden, swallows, from_else, value_is_kept, handler_in_body):
    print(f.__name__, f(), log)
    log.clear()
print(in_for([1, 2, 3]), log)
log.clear()
print(from_handler('key'), log)
log.clear()
for n in range(5):
    print(body_with_loop(n), log)
    log.clear()
