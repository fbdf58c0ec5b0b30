def compare(base, value):
    return value > base

print(compare(10, 5))
print(compare(10, 20))
