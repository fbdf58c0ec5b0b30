# handlers and finally bodies that get hot: their ends run natively too
def spin(n):
    k = 0
    for i in range(n):
        k += i
    return k


def leave_except(n):
    k = 0
    try:
        raise ValueError('v')
    except ValueError:
        for i in range(n):
            k += 1
    return k


def return_from_except(n):
    try:
        raise KeyError('k')
    except KeyError:
        k = 0
        for i in range(n):
            k += 2
        return k


def return_from_named(n):
    try:
        raise KeyError('k')
    except KeyError as e:
        k = 0
        for i in range(n):
            k += 3
        return k, e.args


def named_cell(n):
    try:
        raise KeyError('cell')
    except KeyError as e:
        k = 0
        for i in range(n):
            k += 1

        def show():
            return e
        r = show().args
    try:
        show()
    except NameError as x:
        return r, k, str(x)


def reraise_at_end(n):
    try:
        raise ValueError('out')
    finally:
        k = 0
        for i in range(n):
            k += 1
        print('finally', k)


def return_in_finally(n):
    try:
        raise ValueError('lost')
    finally:
        k = 0
        for i in range(n):
            k += 1
        return k


def normal_return_in_finally(n):
    for j in range(3):
        try:
            k = j
        finally:
            for i in range(n):
                k += 1
            return k


def fall_through(n):
    k = 0
    for j in range(3):
        try:
            k += j
        finally:
            for i in range(n):
                k += 1
    return k


def nested(n):
    try:
        try:
            raise ValueError('inner')
        except ValueError:
            for i in range(n):
                pass
            raise TypeError('outer')
    except TypeError as e:
        for i in range(n):
            pass
        return repr(e), repr(e.__context__)


def handled_again(n):
    try:
        raise ValueError('first')
    except ValueError:
        try:
            raise TypeError('second')
        except TypeError:
            for i in range(n):
                pass
        try:
            raise
        except ValueError as e:
            return repr(e)


for n in (0, 3, 4000):
    print(spin(n), leave_except(n), return_from_except(n), return_from_named(n), named_cell(n))
    print(return_in_finally(n), normal_return_in_finally(n), fall_through(n), nested(n), handled_again(n))
    try:
        reraise_at_end(n)
    except ValueError as e:
        print('caught', e)

try:
    raise IndexError('module')
except IndexError as e:
    total = 0
    for i in range(4000):
        total += i
    print(total, e)
try:
    e
except NameError as x:
    print(x)
reraise_at_end(4000)
