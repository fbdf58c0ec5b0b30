# close: finally runs, GeneratorExit, what is ignored and what is not.
def g(log):
    try:
        yield 1
        yield 2
    except GeneratorExit as e:
        log.append(repr(e))
        raise
    finally:
        log.append('finally')


log = []
it = g(log)
next(it)
print(it.close(), log, it.close(), list(it), it.gi_frame)
log = []
it = g(log)
print(it.close(), log, list(it))


def stubborn():
    for i in range(2):
        try:
            yield 1
        except GeneratorExit:
            pass


it = stubborn()
next(it)
try:
    it.close()
except RuntimeError as e:
    print(e, repr(e.__context__), e.__cause__)
print(list(it))


def returns():
    try:
        yield 1
    except GeneratorExit:
        return 5


it = returns()
next(it)
print(it.close())


def raises():
    try:
        yield 1
    finally:
        1 / 0


it = raises()
next(it)
try:
    it.close()
except ZeroDivisionError as e:
    print(repr(e), repr(e.__context__))


def in_with():
    yield 1


def stops():
    try:
        yield 1
    except GeneratorExit:
        raise StopIteration


it = stops()
next(it)
try:
    it.close()
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))


def loop():
    try:
        for i in range(10):
            yield i
    finally:
        print('loop ended at', i)


it = loop()
for x in it:
    if x == 3:
        break
it.close()


def nested():
    try:
        try:
            yield 'a'
        finally:
            print('inner')
    finally:
        print('outer')


it = nested()
next(it)
it.close()
