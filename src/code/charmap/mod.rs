//! Encodings of one byte a character other than ASCII and Latin-1: the code pages of IBM, Microsoft and Apple, the
//! rest of ISO 8859, KOI8. Both directions read one table of 256 code points: of what an encoder is asked for, most is
//! ASCII, and half a table of 16-bit numbers is looked through in a few instructions.

mod tables;

use tables::ROWS;

/// A row of the table; code points of a byte are below U+FFFE, which stands for none.
pub(super) struct Row {
    /// The codec's own name, then its aliases, in lower case with `_`.
    names: &'static [&'static str],
    /// The code points of bytes below 128, unless they are ASCII's.
    low: Option<&'static [u16; 128]>,
    high: [u16; 128],
}

/// One of these encodings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Charmap(u8);

/// What the error of a byte or a character says that the encoding does not have.
pub const UNDEFINED: &str = "character maps to <undefined>";
const NONE: u16 = 0xFFFE;

impl Charmap {
    /// By its name in lower case, `_` for other characters.
    pub fn named(name: &str) -> Option<Charmap> {
        let i = ROWS.iter().position(|r| r.names.contains(&name))?;
        Some(Charmap(i as u8))
    }
    fn row(self) -> &'static Row {
        &ROWS[self.0 as usize]
    }
    /// Whether bytes below 128 are ASCII.
    pub fn holds_ascii(self) -> bool {
        self.row().low.is_none()
    }
    /// Whether ASCII is written as such: the Arabic ones of Apple have some of it twice, and write the other.
    pub fn writes_ascii(self) -> bool {
        self.holds_ascii() && self.row().high.iter().all(|c| *c >= 128)
    }
    /// The code point of a byte.
    pub fn of_byte(self, b: u8) -> Option<u32> {
        let r = self.row();
        let c = match (b.checked_sub(128), r.low) {
            (Some(i), _) => r.high[i as usize],
            (None, Some(low)) => low[b as usize],
            (None, None) => b as u16,
        };
        (c != NONE).then_some(c as u32)
    }
    /// The byte of a code point: of several the last.
    pub fn byte_of(self, c: u32) -> Option<u8> {
        let c = u16::try_from(c).ok().filter(|c| *c != NONE)?;
        let r = self.row();
        let at = |t: &[u16; 128]| t.iter().rposition(|x| *x == c).map(|i| i as u8);
        match r.low {
            None => at(&r.high)
                .map(|i| i + 128)
                .or_else(|| u8::try_from(c).ok().filter(u8::is_ascii)),
            Some(low) => at(&r.high).map(|i| i + 128).or_else(|| at(low)),
        }
    }
    /// The text of bytes.
    ///
    /// # Errors
    /// The place of the first byte that is no character.
    pub fn decode(self, b: &[u8]) -> Result<String, usize> {
        let mut s = String::with_capacity(b.len());
        for (i, b) in b.iter().enumerate() {
            s.push(self.of_byte(*b).and_then(char::from_u32).ok_or(i)?);
        }
        Ok(s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_that_is_a_character_has_one_that_reads_the_same() {
        for i in 0..ROWS.len() as u8 {
            let m = Charmap(i);
            for b in 0..=255 {
                if let Some(c) = m.of_byte(b) {
                    let back = m.byte_of(c).expect("it is in the table");
                    assert_eq!(m.of_byte(back), Some(c), "{} {b:#x}", m.row().names[0]);
                }
            }
            assert_eq!(m.byte_of(0xFFFE), None);
            // What the handlers of errors write for a character that is missing.
            for c in b"?\\xuU&#;0123456789abcdef" {
                assert!(m.byte_of(*c as u32).is_some());
            }
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut all: Vec<_> = ROWS.iter().flat_map(|r| r.names).collect();
        let n = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), n);
        assert_eq!(
            Charmap::named("cp1252").and_then(|m| m.byte_of(0x20AC)),
            Some(0x80)
        );
    }
}
