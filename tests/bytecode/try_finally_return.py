def f():
    try:
        return 1
    finally:
        a
def g(x):
    try:
        return x
    finally:
        a
def h():
    try:
        return x()
    finally:
        return 2
def i():
    try:
        x
    finally:
        return y
def j():
    try:
        try:
            return a
        finally:
            b
    finally:
        c
def k():
    try:
        return
    finally:
        pass
