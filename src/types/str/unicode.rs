//! Properties and case mappings of characters, from the generated tables.

use super::tables as t;
use crate::code::wtf8::push_code_point;

/// Rows are sorted by `lo`, and each row is disjoint from the next but for interleaved steps of two.
fn within(table: &[(u32, u32, u32)], c: u32) -> bool {
    let i = table.partition_point(|r| r.0 <= c);
    i > 0 && {
        let (lo, hi, step) = table[i - 1];
        c <= hi && (c - lo).is_multiple_of(step)
    }
}

fn delta(table: &[(u32, u32, u32, i32)], c: u32) -> Option<u32> {
    let i = table.partition_point(|r| r.0 <= c);
    let (lo, hi, step, d) = *table.get(i.checked_sub(1)?)?;
    (c <= hi && (c - lo).is_multiple_of(step)).then(|| c.wrapping_add_signed(d))
}

fn long(table: &[(u32, &'static str)], c: u32) -> Option<&'static str> {
    table
        .binary_search_by_key(&c, |r| r.0)
        .ok()
        .map(|i| table[i].1)
}

pub fn is_alpha(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_alphabetic()
    } else {
        within(t::ALPHA, c)
    }
}
pub fn is_printable(c: u32) -> bool {
    if c < 128 {
        (0x20..0x7F).contains(&c)
    } else {
        !within(t::NOT_PRINTABLE, c)
    }
}
pub fn is_digit(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_digit()
    } else {
        within(t::DIGIT, c)
    }
}
pub fn is_numeric(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_digit()
    } else {
        within(t::NUMERIC, c)
    }
}
pub fn is_upper(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_uppercase()
    } else {
        within(t::UPPER, c)
    }
}
pub fn is_lower(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_lowercase()
    } else {
        within(t::LOWER, c)
    }
}
pub fn is_title(c: u32) -> bool {
    c >= 128 && within(t::TITLE, c)
}
pub fn is_cased(c: u32) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}
pub fn is_space(c: u32) -> bool {
    if c < 128 {
        matches!(c, 9..=13 | 28..=32)
    } else {
        within(t::SPACE, c)
    }
}
pub fn is_alnum(c: u32) -> bool {
    is_alpha(c) || is_numeric(c)
}
pub fn is_id_start(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_alphabetic() || c == b'_' as u32
    } else {
        within(t::ID_START, c)
    }
}
pub fn is_id_continue(c: u32) -> bool {
    if c < 128 {
        (c as u8).is_ascii_alphanumeric() || c == b'_' as u32
    } else {
        within(t::ID_CONTINUE, c)
    }
}
/// The value of a decimal digit of any script.
pub fn decimal(c: u32) -> Option<u8> {
    if c < 128 {
        return (c as u8).is_ascii_digit().then(|| c as u8 - b'0');
    }
    let i = t::ZEROS.partition_point(|&z| z <= c);
    let z = *t::ZEROS.get(i.checked_sub(1)?)?;
    (c - z < 10).then_some((c - z) as u8)
}

/// Where lines end for `str.splitlines`.
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 10..=13 | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

fn push_mapped(
    out: &mut Vec<u8>,
    c: u32,
    one: &[(u32, u32, u32, i32)],
    many: &[(u32, &'static str)],
) {
    match delta(one, c) {
        Some(d) => push_code_point(out, d),
        None => match long(many, c) {
            Some(s) => out.extend_from_slice(s.as_bytes()),
            None => push_code_point(out, c),
        },
    }
}
pub fn push_upper(out: &mut Vec<u8>, c: u32) {
    if c < 128 {
        out.push((c as u8).to_ascii_uppercase());
    } else {
        push_mapped(out, c, t::TO_UPPER, t::TO_UPPER_LONG);
    }
}
pub fn push_title(out: &mut Vec<u8>, c: u32) {
    if c < 128 {
        out.push((c as u8).to_ascii_uppercase());
    } else {
        push_mapped(out, c, t::TO_TITLE, t::TO_TITLE_LONG);
    }
}
pub fn push_fold(out: &mut Vec<u8>, c: u32) {
    if c < 128 {
        out.push((c as u8).to_ascii_lowercase());
    } else {
        push_mapped(out, c, t::TO_FOLD, t::TO_FOLD_LONG);
    }
}
/// Lower case of character `i` of `all`: capital sigma looks at its neighbours.
pub fn push_lower(out: &mut Vec<u8>, all: &[u32], i: usize) {
    let c = all[i];
    if c < 128 {
        out.push((c as u8).to_ascii_lowercase());
    } else if c == 0x3A3 {
        let seen = |c: &&u32| !within(t::IGNORABLE, **c);
        let before = all[..i].iter().rev().find(seen);
        let after = all[i + 1..].iter().find(seen);
        let last = before.is_some_and(|&c| is_cased(c)) && !after.is_some_and(|&c| is_cased(c));
        push_code_point(out, if last { 0x3C2 } else { 0x3C3 });
    } else {
        push_mapped(out, c, t::TO_LOWER, t::TO_LOWER_LONG);
    }
}
