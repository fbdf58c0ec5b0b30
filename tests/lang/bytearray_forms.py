# bytearray and memoryview: what each takes and refuses, in CPython's words.
def t(src):
    try: r=repr(eval(src))
    except Exception as e: r='%s: %s'%(type(e).__name__,e)
    print(src,'->',r)
b=bytearray(b'abc'); m=memoryview(b)
for s in r'''bytearray(b"'")
bytearray(b"'\"\\\n\x80")
bytearray(b'"')
bytearray(b'a').append('x')
bytearray(b'a').append(256)
bytearray(b'a').append(-1)
bytearray(b'a').append(10**30)
bytearray(b'a').append(1.5)
bytearray(b'a').extend('ab')
bytearray(b'a').extend(5)
bytearray(b'a').extend([256])
bytearray(b'a').extend(['a'])
bytearray(b'a').insert('a',1)
bytearray(b'a').insert(0,'a')
bytearray().pop()
bytearray(b'a').pop(5)
bytearray(b'a').remove(5)
bytearray(b'a').remove('a')
bytearray(b'a').remove(300)
bytearray(b'a')+'x'
bytearray(b'a')+1
b'a'+bytearray(b'b')
b'a'+memoryview(b'b')
bytearray(b'a')+memoryview(b'b')
bytearray(b'a')*'x'
'x' in bytearray(b'a')
300 in bytearray(b'a')
bytearray(b'a')['x']
bytearray(b'a')[3]
bytearray(b'a').__setitem__(0,'x')
bytearray(b'a').__setitem__(0,256)
bytearray(b'a').__setitem__(5,2)
bytearray(b'a').__setitem__('x',2)
bytearray(b'a').__setitem__(slice(0,1),5)
bytearray(b'a').__setitem__(slice(0,1),'x')
bytearray(b'abcd').__setitem__(slice(0,4,2),b'xyz')
bytearray(b'a').__delitem__(5)
bytearray(b'a').__delitem__('x')
hash(bytearray())
bytearray('abc')
bytearray(-1)
bytearray(1.5)
bytearray([300])
bytearray(['a'])
bytearray('abc','utf8')
bytearray(b'a','utf8')
bytearray(1,2)
bytearray(foo=1)
bytearray(1,'a','b','c')
bytearray.fromhex('ab c')
bytearray.fromhex(1)
b.append(1)
b.clear()
m.tolist()
m['x']
m[5]
m[1.5]
m[(0,)]
m[0,0]
memoryview(5)
memoryview()
memoryview(b'a',5)
memoryview(object=b'a').tolist()
memoryview(b'a').__setitem__(0,1)
m.__setitem__(0,'x')
m.__setitem__(0,300)
m.__setitem__(0,-1)
m.__setitem__(0,1.5)
m.__setitem__(9,1)
m.__setitem__(slice(0,2),b'x')
m.__setitem__(slice(0,2),5)
m.__setitem__('x',5)
m.__delitem__(0)
hash(m)
hash(memoryview(b'abc'))==hash(b'abc')
m.cast('x')
m.cast('i')
m.cast(5)
m.cast('B',[3])
m.cast('B',[4])
m[::2].cast('B')
m.format,m.itemsize,m.nbytes,m.ndim,m.shape,m.strides,m.suboffsets,m.readonly,m.c_contiguous,m.f_contiguous,m.contiguous,m.obj
m[::2].tobytes(), m[::-1].tolist(), m[::2].contiguous
m==b'abc', m==bytearray(b'abc'), m=='abc', m!=b'abc', b'abc'==m, bytearray(b'abc')==m, m[::2]==b'ac'
m<b'x'
bytearray(b'a')<m
b'a'<m
bytearray(b'a')<b'b', b'a'<bytearray(b'b'), bytearray(b'a')<'x'
m.hex(), m.hex(':'), m.toreadonly().readonly
memoryview(b'abcdefgh').cast('i').tolist(), memoryview(b'abcdefgh').cast('d').tolist()
memoryview(b'abcdefgh').cast('i')==memoryview(b'abcdefgh'), memoryview(b'abcdefgh').cast('H')[1:3].tolist()
memoryview(b'abcdefgh').cast('c').tolist()
memoryview(b'ab').cast('?').tolist()
bytes(m), bytes(m[::2]), bytearray(m[::-1])
b'-'.join([m,bytearray(b'x')]), bytearray(b'-').join([b'a',b'b'])
int(bytearray(b'12')), float(bytearray(b'1.5')), int(memoryview(b'12'))
int(bytearray(b'x'))
bytearray(b'%s-%d')%(b'a',5), b'%s'%bytearray(b'x'), b'%b'%memoryview(b'x')
str(bytearray(b'ab'),'utf8'), str(m,'ascii'), bytearray(b'ab').decode()
sorted(set(dir(bytearray))-set(dir(object)))
sorted(set(dir(memoryview))-set(dir(object)))
sorted(set(dir(bytearray))-set(dir(bytes)))
iter(bytearray(b'a')).__length_hint__(), type(iter(bytearray())).__name__, type(iter(m)).__name__
list(reversed(bytearray(b'abc'))), list(reversed(m))
bytearray(b'a b').split(), bytearray(b'a-b').partition(b'-'), bytearray(b'abc').upper(), bytearray(b'abc').find(b'c')
bytearray(b'abc').startswith('a')
m.tobytes('C'), m.tobytes(order=None)
m.tobytes('x')
bytearray(b'abc').translate(None,b'b'), bytearray.maketrans(b'a',b'b')[97]
bytearray(b'a').__init__(b'xyz')
bytearray(b'ab').__contains__(97), bytearray(b'a').__eq__(b'a'), bytearray(b'a').__lt__('x')
memoryview(b'a').__eq__(b'a'), memoryview(b'a').__lt__(b'b')
bytearray(b'ab')[0:1], bytearray(b'abcd')[::-2]
memoryview(bytearray(b'abcd')).cast('H').__setitem__(0,70000)
m.release()
m.tolist()
m[0]
len(m)
repr(m)[:16]
m==b'abc'
bytes(m)
m.readonly
hash(m)
m.cast('B')
b.append(1)
m.__enter__()'''.split('\n'): t(s)
