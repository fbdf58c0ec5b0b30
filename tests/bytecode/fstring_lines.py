x = f"""
{a}
  {b}{c!r}
{
d
}
{e:>3} {a}
"""
y = ('a'
     f'{b}'
     f'{c} {d}')
z = (f'{a}'

     f"""
{b}""")
w = f"""{
a}{
b!r}"""
def f():
    return f"""
    {x +
     y}
    """
