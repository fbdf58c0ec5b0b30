//! The text encodings, by all their names: those of sources, of files, and of `encode` and `decode`.

use super::charmap::Charmap;

/// The order of the bytes of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Told by a mark in front; without one, little.
    Marked,
    Little,
    Big,
}

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    /// With a mark in front.
    Utf8Sig,
    Ascii,
    Latin1,
    Utf16(Order),
    Utf32(Order),
    Utf7,
    /// As literals of source spell text.
    UnicodeEscape,
    /// As `u` literals of older days did: only what Latin-1 lacks.
    RawUnicodeEscape,
    /// Another encoding of one byte a character.
    Charmap(Charmap),
}

impl Encoding {
    /// By name, of which case and punctuation do not matter.
    pub fn of_name(name: &str) -> Option<Encoding> {
        use Encoding::{
            Ascii, Latin1, RawUnicodeEscape, UnicodeEscape, Utf7, Utf8, Utf8Sig, Utf16, Utf32,
        };
        let mut n = String::with_capacity(name.len());
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                n.push(c.to_ascii_lowercase());
            } else if !n.is_empty() && !n.ends_with('_') {
                n.push('_');
            }
        }
        let n = n.trim_end_matches('_');
        Some(match n {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Utf8,
            "utf_8_sig" => Utf8Sig,
            "ascii" | "us_ascii" | "646" | "us" | "cp367" | "csascii" | "ibm367" | "iso646_us"
            | "iso_ir_6" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986"
            | "iso_646.irv_1991" => Ascii,
            "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859"
            | "8859" | "cp819" | "ibm819" | "csisolatin1" | "iso_8859_1_1987" | "iso_ir_100" => {
                Latin1
            }
            "utf_16" | "utf16" | "u16" => Utf16(Order::Marked),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Utf16(Order::Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Utf16(Order::Big),
            "utf_32" | "utf32" | "u32" => Utf32(Order::Marked),
            "utf_32_le" | "utf_32le" => Utf32(Order::Little),
            "utf_32_be" | "utf_32be" => Utf32(Order::Big),
            "utf_7" | "utf7" | "u7" | "unicode_1_1_utf_7" => Utf7,
            "unicode_escape" | "unicodeescape" => UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => RawUnicodeEscape,
            _ => return Charmap::named(&n.replace('.', "_")).map(Encoding::Charmap),
        })
    }
    /// As error texts call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16(Order::Marked) => "utf-16",
            Encoding::Utf16(Order::Little) => "utf-16-le",
            Encoding::Utf16(Order::Big) => "utf-16-be",
            Encoding::Utf32(Order::Marked) => "utf-32",
            Encoding::Utf32(Order::Little) => "utf-32-le",
            Encoding::Utf32(Order::Big) => "utf-32-be",
            Encoding::Utf7 => "utf7",
            Encoding::UnicodeEscape => "unicodeescape",
            Encoding::RawUnicodeEscape => "rawunicodeescape",
            Encoding::Charmap(_) => "charmap",
        }
    }
}
