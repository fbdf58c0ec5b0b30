"""Records, arrays of arrays, strings compared, globals written: small procedures that call each other."""
import timed

ONE, TWO, THREE = range(1, 4)

flag = False
counter = 0
letter = ''
row = [0] * 51
grid = [[0] * 51 for _ in range(51)]
head = None
tail = None


class Record:
    def __init__(self, following=None, kind=0, choice=0, number=0, text=''):
        self.following = following
        self.kind = kind
        self.choice = choice
        self.number = number
        self.text = text

    def copy(self):
        return Record(self.following, self.kind, self.choice, self.number, self.text)


def step_one(record):
    record.following = other = head.copy()
    record.number = 5
    other.number = record.number
    other.following = record.following
    other.following = step_three(other.following)
    if other.kind == ONE:
        other.number = 6
        other.choice = step_six(record.choice)
        other.following = head.following
        other.number = step_seven(other.number, 10)
    else:
        record = other.copy()
    other.following = None
    return record


def step_two(n):
    at = n + 10
    while True:
        if letter == 'A':
            at -= 1
            n = at - counter
            where = ONE
        if where == ONE:
            return n


def step_three(record):
    global counter
    if head is not None:
        record = head.following
    else:
        counter = 100
    head.number = step_seven(10, counter)
    return record


def step_four():
    global letter
    known = letter == 'A'
    known = known or flag
    letter = 'B'


def step_five():
    global letter, flag
    letter = 'A'
    flag = False


def step_six(choice):
    result = choice if third(choice) else THREE
    if choice == ONE:
        result = ONE
    elif choice == TWO:
        result = ONE if counter > 100 else THREE
    elif choice == THREE:
        result = TWO
    return result


def step_seven(a, b):
    return a + 2 + b


def step_eight(one, two, a, b):
    global counter
    at = a + 5
    one[at] = b
    one[at + 1] = one[at]
    one[at + 30] = at
    for i in range(at, at + 2):
        two[at][i] = at
    two[at][at - 1] += 1
    two[at + 20][at] = one[at]
    counter = 5


def same_kind(a, b):
    return ONE if a != b else TWO


def compare(a, b):
    at = 1
    c = ''
    while at <= 1:
        if same_kind(a[at], b[at + 1]) == ONE:
            c = 'A'
            at += 1
    if 'W' <= c <= 'Z':
        at = 7
    if c == 'X':
        return True
    return a > b


def third(choice):
    return choice == THREE


def work(n):
    global head, tail, counter, letter, flag
    tail = Record()
    head = Record(tail, ONE, THREE, 40, 'A RECORD WITH SOME TEXT, LONG')
    first = 'A FIRST STRING OF THE PROGRAM'
    grid[8][7] = 10
    counter, letter, flag = 0, '', False
    c = 0
    for i in range(n):
        step_five()
        step_four()
        a, b = 2, 3
        second = 'A SECOND STRING OF THE PROGRAM'
        choice = TWO
        flag = not compare(first, second)
        while a < b:
            c = 5 * a - b
            c = step_seven(a, b)
            a += 1
        step_eight(row, grid, a, c)
        head = step_one(head)
        at = 'A'
        letter = 'A'
        while at <= 'C':
            if choice == same_kind(at, 'C'):
                choice = step_six(ONE)
            at = chr(ord(at) + 1)
        b = c * a
        a = b // c
        b = 7 * (b - c) - a
        a = step_two(a)
    return a, b, c, counter, head.number, row[8], grid[8][7] > 10, flag


if __name__ == '__main__':
    timed.main('records', work, 60_000)
