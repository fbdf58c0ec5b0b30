# Ways through try, except and finally that are hard on a verifier.
def ret_value(f):
    try:
        return f()
    finally:
        g()
def ret_const(f):
    try:
        return 1
    finally:
        g()
def ret_both(f):
    try:
        if f():
            return f()
        if f(1):
            return 2
    finally:
        g()
    return 3
def ret_in_finally(f):
    try:
        return f()
    finally:
        return 4
def loop(xs):
    for x in xs:
        try:
            if x:
                continue
            if x == 2:
                break
            if x == 3:
                return x
        finally:
            g(x)
    else:
        return 1
def loop_finally_leaves(xs):
    for x in xs:
        try:
            if x:
                return x
            f()
        finally:
            if x == 1:
                break
            if x == 2:
                continue
            if x == 3:
                return g()
            if x == 4:
                return 5
    while xs:
        try:
            f()
        finally:
            continue
def except_as(xs):
    for x in xs:
        try:
            f(x)
        except ValueError as e:
            if x == 1:
                continue
            if x == 2:
                break
            if x == 3:
                return e
            if x == 4:
                return 4
            raise
        except (KeyError, TypeError):
            if x == 1:
                continue
            if x == 2:
                break
            if x == 3:
                return x
            raise ValueError from None
        except:
            if x == 1:
                continue
            return f(x)
        else:
            g()
            continue
        finally:
            h()
def nested(xs):
    try:
        try:
            try:
                return f()
            finally:
                for y in xs:
                    try:
                        if y:
                            break
                        continue
                    finally:
                        k(y)
        except OSError as e:
            try:
                return g(e)
            finally:
                try:
                    h()
                except ValueError as e2:
                    return e2
        finally:
            try:
                m()
            finally:
                n()
    finally:
        o()
def nested_in_finally():
    try:
        return a()
    finally:
        try:
            b()
        finally:
            try:
                c()
            finally:
                try:
                    d()
                finally:
                    try:
                        e()
                    finally:
                        f()
def all_return(x):
    try:
        try:
            if x:
                return 1
            return g()
        finally:
            if x:
                return 2
    finally:
        return x()
def while_true():
    while True:
        try:
            try:
                f()
            except KeyError as e:
                continue
            finally:
                if g():
                    break
        except ValueError as e:
            return f(e, [e, (e, {e: e})])
def method_args(x):
    try:
        return x.f(x.g(1 if x else 2), x.h(a < b < c, k=x.m(*[1]) if 0 else 3))
    except x.E as e:
        return x.f(x.g(e))
    finally:
        x.done(x.f(1) or x.g(2) and x.h())
def raise_in_all():
    try:
        raise ValueError
    except ValueError as e:
        raise KeyError from e
    finally:
        raise
def deep(x):
    for a in x:
        for b in a:
            try:
                for c in b:
                    try:
                        for d in c:
                            try:
                                if d:
                                    return d
                                if c:
                                    break
                                continue
                            except d.E as e:
                                return e
                            finally:
                                g(d)
                    finally:
                        if c:
                            break
            finally:
                if a:
                    continue
try:
    import sys
except ImportError as e:
    sys = None
else:
    x = 1
finally:
    del x
def withs(x):
    for a in x:
        try:
            with a as b, b.c as d:
                with d:
                    if a:
                        return f(d)
                    if b:
                        continue
                    if d:
                        break
                    raise E
            g(b)
        except E as e:
            with e as e2:
                return e2
        finally:
            with x:
                if x:
                    return 3
                for y in x:
                    with y:
                        break
                g(y)
            with a:
                pass
    else:
        with x:
            return
    with x as (p, *q):
        while p:
            with q:
                try:
                    continue
                finally:
                    with p:
                        return [z for z in q]
