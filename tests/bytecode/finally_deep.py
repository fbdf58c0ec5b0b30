def f(a):
    for i in a:
        try:
            try:
                try:
                    if i: return i
                    if a: break
                    continue
                finally:
                    x
            except E as e:
                try:
                    return e
                finally:
                    y
            finally:
                for j in i:
                    try:
                        if j: continue
                        break
                    finally:
                        z
        finally:
            try:
                w
            except:
                return 5
def g():
    try:
        pass
    finally:
        try:
            pass
        finally:
            try:
                return 1
            finally:
                pass
def h():
    try:
        raise
    except A:
        try:
            return 1
        except B as b:
            return b
        finally:
            try:
                c
            except C as c:
                return c
