a = 'a\tb\n\x41\101\u00e9\N{BULLET}\U0001F600\
joined'
b = r'\raw\n'
c = "it's"
d = 'say "hi"'
e = """three
lines
"""
f = 'both \' and "'
g = '\0\x00\7\q'
h = '' ''
i = 'é' 'ü'
j = '\ud800' + '\udc00'
k = '\ud83d\ude00'
l = '\ud800 \N{BULLET} \\ \x41 \101'
m = u'u'
