f"no doc"
def f():
    f"no {doc}"
    return None
