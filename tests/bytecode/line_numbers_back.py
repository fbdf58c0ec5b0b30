for i in (a,
          b): c; d
x = [a,
     b][
   0]
def f(): return (1,
  x)
while (a
       < b
       < c): d
x = y[a,
      b] = c(
  d)
