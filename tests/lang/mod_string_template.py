# string.Template: names, braces, what is no name, other marks.
from string import Template

t = Template('$who owes ${whom}s $$5 for $what_1.')
print(t.substitute(who='Ann', whom='Bob', what_1='tea'))
print(t.substitute({'who': 1, 'whom': 2}, what_1=3), t.substitute({'who': 'x'}, who='kw', whom='', what_1=None))
print(t.safe_substitute(who='Ann'), t.safe_substitute(), t.template)
print(Template('').substitute(), Template('$a$b${a}$$').substitute(a='$b', b=2), Template('$é $a').safe_substitute(a=1))
print(Template('$ÀB $Ab_1-x').safe_substitute(Ab_1=5), Template('100%').substitute())


class Percent(Template):
    delimiter = '%'


class Twice(Template):
    delimiter = '&&'


print(Percent('%a $a %% %{b}').substitute(a=1, b=2), Twice('&&a &a &&&& &&{b}').substitute(a=1, b=2))
for text in ('$', 'a\nb $', '$1', '${a', '${}', '${a-b}', 'ok $a\n\n  $!', '$$$', '${a}$'):
    try:
        print(Template(text).substitute(a=1))
    except Exception as e:
        print(repr(text), type(e).__name__, e, '|', Template(text).safe_substitute(a=1))
for args, kw in (((), {}), (({'a': 1}, {}), {}), ((5,), {})):
    try:
        print(Template('$a').substitute(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)


class Gone(dict):
    def __missing__(self, key):
        return key.upper()


print(Template('$abc ${def}').substitute(Gone()))
