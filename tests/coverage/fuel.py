# flags: --max-fuel=60000
# native code that is short of fuel leaves to the interpreter, which stops
def f(n):
    k = 0
    for i in range(n):
        k += i
    return k


while True:
    f(3000)
