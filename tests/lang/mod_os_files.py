# os: making, walking, renaming and removing directories and files.
import os
import stat

base = '/tmp/taipan_os_files_%d' % os.getpid()
os.mkdir(base)
top = os.path.join(base, 'top')
os.makedirs(os.path.join(top, 'a', 'b'))
os.makedirs(os.path.join(top, 'a', 'b'), exist_ok=True)
for name in ('one.txt', 'a/two.txt', 'a/b/three.txt'):
    with open(os.path.join(top, name), 'w') as f:
        f.write(name * 3)
os.symlink('a', os.path.join(top, 'link'))
os.symlink('nowhere', os.path.join(top, 'broken'))


def show(rows):
    for path, dirs, files in rows:
        print(path[len(base):], sorted(dirs), sorted(files))


show(sorted(os.walk(top)))
show(sorted(os.walk(top, topdown=False)))
print(sorted(os.listdir(top)), sorted(e.name for e in os.scandir(top) if e.is_dir()))
one = os.path.join(top, 'one.txt')
st = os.stat(one)
print(st.st_size, os.path.getsize(one), stat.S_ISREG(st.st_mode), stat.S_ISDIR(os.stat(top).st_mode), st[6])
print([f(one) for f in (os.path.exists, os.path.isfile, os.path.isdir, os.path.islink)])
link = os.path.join(top, 'link')
print([f(link) for f in (os.path.exists, os.path.isfile, os.path.isdir, os.path.islink)], os.readlink(link))
broken = os.path.join(top, 'broken')
print(os.path.exists(broken), os.path.lexists(broken), os.path.realpath(link)[len(base):], os.path.samefile(link, top + '/a'))
os.rename(one, os.path.join(top, 'uno.txt'))
os.replace(os.path.join(top, 'uno.txt'), os.path.join(top, 'a', 'two.txt'))
print(open(os.path.join(top, 'a', 'two.txt')).read())
os.renames(os.path.join(top, 'a/b/three.txt'), os.path.join(top, 'new/dir/three.txt'))
show(sorted(os.walk(top)))
for f in (lambda: os.mkdir(top), lambda: os.rmdir(top), lambda: os.remove(one), lambda: os.listdir(one),
          lambda: os.stat(one), lambda: os.makedirs(top), lambda: os.path.getsize(broken)):
    try:
        print(f())
    except OSError as e:
        print(type(e).__name__, e.errno, e.strerror, e.filename[len(base):])
for path, dirs, files in os.walk(top, topdown=False):
    for n in files:
        os.remove(os.path.join(path, n))
    for n in dirs:
        n = os.path.join(path, n)
        os.remove(n) if os.path.islink(n) else os.rmdir(n)
os.removedirs(top)
print(os.path.exists(base), list(os.walk(base)))
