"""Strings cut, joined, searched, formatted and translated."""
import timed

WORDS = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu'.split()


def caesar(text, shift):
    out = []
    for c in text:
        if 'a' <= c <= 'z':
            out.append(chr((ord(c) - 97 + shift) % 26 + 97))
        else:
            out.append(c)
    return ''.join(out)


def lines(n):
    out = []
    for i in range(n):
        word = WORDS[i % len(WORDS)]
        out.append('%05d|%s|%s' % (i, word.title(), word[::-1].upper()))
    return '\n'.join(out)


def split_back(text):
    total = 0
    for line in text.split('\n'):
        number, word, back = line.split('|')
        if word.lower() == back.lower()[::-1] and word.startswith(word[0]):
            total += int(number) + len(word.strip()) + back.find('A')
    return total


def palindromes(n):
    found = 0
    for i in range(n):
        s = str(i)
        if s == s[::-1]:
            found += 1
    return found


def built(n):
    s = ''
    for i in range(n):
        s += f'{i:x}-{i % 10}'
        if len(s) > 200:
            s = s.replace('-', '')[-50:]
    return s


def work(n):
    text = lines(n)
    secret = caesar(text[:n * 4], 3)
    plain = caesar(secret, -3)
    return (split_back(text), palindromes(n * 3), built(n * 2)[-12:], secret.count('d'), plain == text[:n * 4],
            len(text.replace('|', ', ').splitlines()))


if __name__ == '__main__':
    timed.main('string_ops', work, 50_000)
