# nonlocal through several scopes, and shadowing
def a():
    x = 'a'
    def b():
        def c():
            nonlocal x
            x = x + 'c'
            def d():
                x = 'own'
                def e():
                    nonlocal x
                    x += '!'
                    return x
                return e()
            return d()
        r = c()
        return r, x
    r = b()
    return r, x
print(a())
def rec(n):
    total = 0
    def go(k):
        nonlocal total
        if k:
            total += k
            go(k - 1)
    go(n)
    return total
print(rec(10), rec(100))
