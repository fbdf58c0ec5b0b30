# Names in class bodies, qualified names, __class__.
class A: pass
def outer():
    class In2:
        class Deep: pass
    return In2
print(outer().__qualname__, outer().Deep.__qualname__, outer().Deep)
x = 1
class Scope:
    x = x + 1
    y = [x for _ in range(2)]
    def m(self): return __class__
print(Scope.x, Scope.y, Scope().m())
