x = (1,
y,
zzz
