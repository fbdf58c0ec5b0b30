while a:
    b
while a:
    if b: break
    if c: continue
    d
else:
    e
while 1:
    if x: break
while 1:
    x
else:
    y
while True: pass
