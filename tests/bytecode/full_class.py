class A: pass
class B(A, metaclass=M):
    """doc"""
    x = 1
    def __m(self):
        return self.__x
    def s(self):
        return super().s()
    y: int = 2
