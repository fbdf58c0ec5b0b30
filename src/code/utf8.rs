//! Where bytes are no UTF-8, in the words of CPython's codec.

/// A place that does not decode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bad {
    /// The bytes in question.
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// The first place that is no UTF-8; `None` for good text.
pub fn first_bad(b: &[u8]) -> Option<Bad> {
    let e = std::str::from_utf8(b).err()?;
    let start = e.valid_up_to();
    Some(match e.error_len() {
        None => Bad {
            start,
            end: b.len(),
            reason: "unexpected end of data",
        },
        Some(n) => Bad {
            start,
            end: start + n,
            reason: match b[start] {
                0xC2..=0xF4 => "invalid continuation byte",
                _ => "invalid start byte",
            },
        },
    })
}

impl Bad {
    /// `'utf-8' codec can't decode …`
    pub fn message(&self, b: &[u8]) -> String {
        let Bad { start, end, reason } = *self;
        if end - start == 1 {
            let byte = b[start];
            format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
        } else {
            let last = end - 1;
            format!("'utf-8' codec can't decode bytes in position {start}-{last}: {reason}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_codec() {
        let said = |b: &[u8]| first_bad(b).map_or_else(String::new, |e| e.message(b));
        assert_eq!(said("ä".as_bytes()), "");
        assert_eq!(
            said(b"ab\xe9"),
            "'utf-8' codec can't decode byte 0xe9 in position 2: unexpected end of data"
        );
        assert_eq!(
            said(b"\xe9a"),
            "'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte"
        );
        assert_eq!(
            said(b"\xff"),
            "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
        );
        assert_eq!(
            said(b"a\xe2\x82"),
            "'utf-8' codec can't decode bytes in position 1-2: unexpected end of data"
        );
    }
}
