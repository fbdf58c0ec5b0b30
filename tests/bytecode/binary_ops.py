a + b; a - b; a * b; a / b; a // b; a % b; a ** b; a @ b
a << b; a >> b; a & b; a | b; a ^ b
-a; +a; ~a; not a
a < b; a <= b; a == b; a != b; a > b; a >= b; a in b; a not in b; a is b; a is not b
a + b * c - d ** -e % f
