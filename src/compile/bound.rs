//! What compiling a source takes, before it is tried.

use super::Text;
use super::decode::growth;

/// Bytes that each byte of a source may cost: its copies, and texts in the tree and in constants.
const PER_BYTE: usize = 5;
/// Bytes that each token may cost: in the list of tokens, in the tree, as instructions, constants and lines.
const PER_TOKEN: usize = 320;
/// What every compilation takes.
const BASE: usize = 16 << 10;

/// Bytes that compiling this source takes at most. What counts as a token here is each run of bytes of names and
/// numbers and each other byte that is no space: no fewer than the parser finds.
/// Where it declares an encoding, that says how many bytes each becomes, and whether each may be a token.
/// Any number, where `goes_on` says that nobody wants to know it any more.
pub fn memory_bound(text: &Text<'_>, goes_on: impl Fn() -> bool) -> usize {
    let source = text.bytes();
    let (grows, opaque) = match text {
        Text::Str(_) => (1, false),
        Text::Bytes(b) => growth(b),
    };
    let mut tokens = 1usize;
    let mut in_word = false;
    let parts = source.chunks(1 << 16).take_while(|_| goes_on());
    for b in parts.flatten() {
        let word = !opaque && (b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80);
        let space = !opaque && matches!(b, b' ' | b'\t' | b'\x0c');
        tokens += usize::from(!(space || word && in_word));
        in_word = word;
    }
    BASE.saturating_add(source.len().saturating_mul(PER_BYTE * grows))
        .saturating_add(tokens.saturating_mul(PER_TOKEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_bytes_count() {
        let of = |s: &str| {
            (memory_bound(&Text::Str(s.into()), || true) - BASE - PER_BYTE * s.len()) / PER_TOKEN
                - 1
        };
        assert_eq!(of(""), 0);
        assert_eq!(of("a = b1+22\n"), 6);
        assert_eq!(of(&"x".repeat(1000)), 1);
        assert_eq!(of("'a b'"), 4);
    }
}
