try:
    a
except:
    b
try:
    a
except E:
    b
try:
    a
except (E, F):
    b
except G as e:
    c
except:
    d
try:
    a
except E as e:
    b
else:
    c
