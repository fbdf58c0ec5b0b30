for a in [('stdin.txt','q'),('stdin.txt','rw'),('stdin.txt',''),('stdin.txt','rr'),('stdin.txt','rtb'),('stdin.txt','b'),('stdin.txt','+'),('stdin.txt','U+'),('stdin.txt','r','x'),('stdin.txt','rb',-1,'utf-8'),('stdin.txt','rb',-1,None,'strict'),('stdin.txt','rb',-1,None,None,''),('stdin.txt','r',0),('stdin.txt','r',-1,None,None,'x'),('nofile','r'),('imports','r'),(1.5,),('a\0b',),('stdin.txt','x'),('stdin.txt','r',-1,'nosuch'),('stdin.txt','r',-1,'utf-8','nosuch'),(77,),('/nodir/x','w'),('stdin.txt',5),('stdin.txt','r',-1,None,None,5), (None,), ('stdin.txt/x',), ('stdin.txt','r',-1,None,None,None,False)]:
    try:
        print(a, open(*a))
    except Exception as e:
        print(a, type(e), e)
f = open('stdin.txt')
for m, a in [('write',('x',)),('write',(5,)),('read',('x',)),('readline',('x',)),('seek',(1,1)),('seek',(1,2)),('seek',(-1,)),('seek',(0,5)),('truncate',()),('writelines',(['x'],)),('readlines',('x',)),('fileno',(1,)), ('__enter__',()), ('tell',()), ('seekable',()),('readable',()),('writable',()), ('isatty',())]:
    try: print(m, a, getattr(f,m)(*a))
    except Exception as e: print(m, a, type(e), e)
next(f)
try: f.tell()
except Exception as e: print(type(e), e)
for mk in [lambda: open('stdin.txt'), lambda: open('stdin.txt','rb'), lambda: open('xx','wb'), lambda: open('xx','w'), lambda: open('stdin.txt','rb',0), lambda: open('xx','r+b')]:
    for closed in (False, True):
        f = mk()
        print(f, f.mode, f.name, closed)
        if closed: f.close(); f.close(); print(f)
        for m, a in [('read',()),('read',(1,)),('readline',()),('readlines',()),('write',('x',)),('write',(5,)),('write',(b'x',)),('flush',()),('seek',(0,)),('tell',()),('__next__',()),('writelines',([],)),('writelines',(['x'],)),('truncate',()),('fileno',()),('__enter__',()),('__iter__',()),('isatty',()),('readable',()),('writable',()),('seekable',()),('__exit__',(None,None,None))]:
            try: r = getattr(f,m)(*a); print(m, a, type(r) if m in ('__enter__','__iter__', 'fileno') else r)
            except StopIteration as e: print(m, 'stop')
            except Exception as e: print(m, a, type(e), e)
