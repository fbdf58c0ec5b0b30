# Ints as bytes and back; numbers spelt in bytes.
def show(source):
    try:
        print(source, '->', ascii(eval(source)))
    except Exception as e:
        print(source, '->', type(e).__name__, ascii(str(e)))


for line in r"""
int(b'12')
int(b'0x1f',16)
int(b'a')
int(b'')
int(b'1\x00')
int('a')
int(b'\xff')
float(b'1.5')
float(b'x')
float(b'\xff')
ord(b'a')
ord(b'ab')
ord('ab')
ord(1)
(255).to_bytes(2,'big')
(255).to_bytes(2,'little')
(-1).to_bytes(2,'big',signed=True)
(-1).to_bytes(2,'big')
(256).to_bytes(1,'big')
(128).to_bytes(1,'big',signed=True)
(-129).to_bytes(1,'big',signed=True)
(1).to_bytes(-1,'big')
(1).to_bytes(2,'x')
(1).to_bytes(2)
(1).to_bytes()
(1).to_bytes(length=2,byteorder='big')
(1).to_bytes('a','big')
(1).to_bytes(2,5)
(0).to_bytes(0,'big')
(10**30).to_bytes(13,'big')
(10**30).to_bytes(12,'big')
(-10**30).to_bytes(13,'little',signed=True)
(-128).to_bytes(1,'big',signed=True)
True.to_bytes(1,'big')
int.from_bytes(b'\x01\x00','big')
int.from_bytes(b'\x01\x00','little')
int.from_bytes(b'\xff\xff','big',signed=True)
int.from_bytes(b'','big')
int.from_bytes([1,2],'big')
int.from_bytes('a','big')
int.from_bytes(5,'big')
int.from_bytes(b'a')
int.from_bytes(b'a','x')
int.from_bytes(bytes=b'a',byteorder='big')
int.from_bytes(b'\xff'*20,'big')
int.from_bytes(b'\xff'*20,'little',signed=True)
""".strip().splitlines():
    show(line)


for n in [0, 1, -1, 127, 128, -128, -129, 255, 256, 2 ** 63, -2 ** 63, 10 ** 40, -10 ** 40]:
    for order in ['big', 'little']:
        size = (n.bit_length() + 8) // 8
        b = n.to_bytes(size, order, signed=True)
        print(n, order, b)
        assert int.from_bytes(b, order, signed=True) == n
print(bool.from_bytes(b'\x01', 'big'), bool.from_bytes(b'\0', 'little'), True.to_bytes(2, 'big'))
