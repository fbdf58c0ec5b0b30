"""A text is made, cut into words, counted, sorted by count and wrapped."""
import timed

SYLLABLES = ['ka', 'lo', 'mi', 'ne', 'ru', 'sha', 'to', 'vi', 'wen', 'zo']


def text_of(n):
    seed = 7
    words = []
    for i in range(n):
        seed = (seed * 69069 + 1) & 0xffffffff
        k = (seed >> 16) % 100 * ((seed >> 8) % 10) // 10
        word = SYLLABLES[k % 10] + SYLLABLES[k // 10]
        if i % 11 == 0:
            word = word.capitalize() + ','
        elif i % 17 == 0:
            word += '.\n'
        words.append(word)
    return ' '.join(words)


def count(text):
    counts = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.strip('.,;').lower()
            if word:
                counts[word] = counts.get(word, 0) + 1
    return counts


def letters(text):
    counts = {}
    for c in text:
        if c.isalpha():
            if c in counts:
                counts[c] += 1
            else:
                counts[c] = 1
    return counts


def wrap(text, width):
    lines = []
    line = ''
    for word in text.split():
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += ' ' + word
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return lines


def work(n):
    text = text_of(n)
    counts = count(text)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    wrapped = wrap(text, 60)
    by_letter = letters(text)
    most = max(by_letter, key=by_letter.get)
    return top, len(counts), len(wrapped), most, max(len(w) for w in wrapped)


if __name__ == '__main__':
    timed.main('word_count', work, 120_000)
