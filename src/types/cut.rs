//! Taking text apart, str and bytes alike: places are found some at a time, with looks at the limits, and no more is
//! kept of them than that.

use super::bytes::buffer::Buffer;
use super::bytes::{self, split::is_space};
use super::list;
use super::list::value::ListObj;
use super::str::adjust::last_char;
use super::str::value::StrObj;
use super::str::{self, unicode};
use crate::code::wtf8::decode_at;
use crate::object::{Gc, Value};
use crate::vm::work::{self, Needle, Pace, steps};
use crate::vm::{Raised, Vm};

type R = Result<Value, Raised>;

/// Places that are found at a time.
const SOME: usize = 1024;

/// What is taken apart.
#[derive(Clone, Copy)]
pub enum Text {
    Str(Gc<StrObj>),
    Bytes(Buffer),
}

impl Text {
    fn get(self, vm: &Vm) -> &[u8] {
        match self {
            Text::Str(s) => s.get(vm).as_bytes(),
            Text::Bytes(b) => b.get(vm).as_bytes(),
        }
    }
    fn sub(self, vm: &mut Vm, from: usize, to: usize) -> R {
        match self {
            Text::Str(s) => str::ops::sub(vm, s, from, to),
            Text::Bytes(b) => bytes::ops::sub(vm, b, from, to),
        }
    }
    /// Whether each character is a byte.
    fn is_narrow(self, vm: &Vm) -> bool {
        match self {
            Text::Str(s) => s.get(vm).is_ascii(),
            Text::Bytes(_) => true,
        }
    }
    /// The character at a place, and where the next one is.
    fn char(self, b: &[u8], at: usize) -> (u32, usize) {
        match self {
            Text::Str(_) => {
                let (c, w) = decode_at(b, at);
                (c, at + w)
            }
            Text::Bytes(_) => (b[at] as u32, at + 1),
        }
    }
    /// The one before a place, and where it is.
    fn char_before(self, b: &[u8], end: usize) -> (u32, usize) {
        match self {
            Text::Str(_) => last_char(b, end),
            Text::Bytes(_) => (b[end - 1] as u32, end - 1),
        }
    }
    fn is_blank(self, c: u32) -> bool {
        match self {
            Text::Str(_) => unicode::is_space(c),
            Text::Bytes(_) => is_space(c as u8),
        }
    }
    fn is_break(self, c: u32) -> bool {
        match self {
            Text::Str(_) => unicode::is_line_break(c),
            Text::Bytes(_) => matches!(c, 10 | 13),
        }
    }
    /// Where blanks (or others) end that begin at a place.
    fn skip(self, vm: &Vm, pace: &mut Pace<'_>, mut at: usize, blank: bool) -> usize {
        let b = self.get(vm);
        if self.is_narrow(vm) {
            // One byte each, some at a time.
            while let Some(part) = b.get(at..b.len().min(at + SOME)).filter(|p| !p.is_empty()) {
                let other = |c: &u8| self.is_blank(*c as u32) != blank;
                let n = part.iter().position(other).unwrap_or(part.len());
                at += n;
                if n < part.len() || !pace.goes_on(n) {
                    break;
                }
            }
            return at;
        }
        while at < b.len() {
            let (c, next) = self.char(b, at);
            if self.is_blank(c) != blank || !pace.goes_on(next - at) {
                break;
            }
            at = next;
        }
        at
    }
    /// Where those begin that end at a place.
    fn skip_back(self, vm: &Vm, pace: &mut Pace<'_>, mut to: usize, blank: bool) -> usize {
        let b = self.get(vm);
        while to > 0 {
            let (c, at) = self.char_before(b, to);
            if self.is_blank(c) != blank || !pace.goes_on(to - at) {
                break;
            }
            to = at;
        }
        to
    }

    /// A list of parts. `more` adds the next of them, and says whether there may be others.
    fn parts(
        self,
        vm: &mut Vm,
        mut more: impl FnMut(&Vm, &mut Vec<(usize, usize)>) -> bool,
    ) -> Result<Gc<ListObj>, Raised> {
        let l = vm.new_list(&[])?;
        let mut some = Vec::with_capacity(16);
        loop {
            some.clear();
            let goes_on = vm.working(|vm| more(vm, &mut some))?;
            for &(from, to) in &some {
                vm.poll()?;
                let part = self.sub(vm, from, to)?;
                let part = crate::types::instance::ops::unchanged(vm, part)?;
                list::ops::push(vm, l, part)?;
            }
            if !goes_on {
                return Ok(l);
            }
        }
    }

    /// `text.split(sep, max)`; without a separator, at blanks.
    pub fn split(self, vm: &mut Vm, sep: Option<Text>, max: usize) -> R {
        let (mut at, mut left) = (0, max);
        let l = self.parts(vm, |vm, out| {
            let b = self.get(vm);
            let Some(sep) = sep.map(|s| s.get(vm)) else {
                let more = cut(vm, out, &mut left, |pace| {
                    at = self.skip(vm, pace, at, true);
                    let from = at;
                    at = self.skip(vm, pace, at, false);
                    (from < at).then_some((from, at))
                });
                if !more {
                    // The rest keeps the blanks behind it.
                    at = self.skip(vm, &mut Pace::new(vm), at, true);
                    out.extend((at < b.len()).then_some((at, b.len())));
                }
                return more;
            };
            let mut needle = Needle::new(sep);
            let more = cut(vm, out, &mut left, |_| {
                let from = at;
                let end = from + needle.find(vm, &b[from..])?;
                at = end + sep.len();
                Some((from, end))
            });
            out.extend((!more).then_some((at, b.len())));
            more
        })?;
        Ok(l.value())
    }

    /// The same from the right.
    pub fn rsplit(self, vm: &mut Vm, sep: Option<Text>, max: usize) -> R {
        let (mut to, mut left) = (self.get(vm).len(), max);
        let l = self.parts(vm, |vm, out| {
            let b = self.get(vm);
            let Some(sep) = sep.map(|s| s.get(vm)) else {
                let more = cut(vm, out, &mut left, |pace| {
                    to = self.skip_back(vm, pace, to, true);
                    let end = to;
                    to = self.skip_back(vm, pace, to, false);
                    (to < end).then_some((to, end))
                });
                if !more {
                    to = self.skip_back(vm, &mut Pace::new(vm), to, true);
                    out.extend((to > 0).then_some((0, to)));
                }
                return more;
            };
            let mut needle = Needle::new(sep);
            let more = cut(vm, out, &mut left, |_| {
                let end = to;
                to = needle.rfind(vm, &b[..end])?;
                Some((to + sep.len(), end))
            });
            out.extend((!more).then_some((0, to)));
            more
        })?;
        list::ops::reverse(vm, l);
        vm.poll()?;
        Ok(l.value())
    }

    /// `text.splitlines(keep)`
    pub fn splitlines(self, vm: &mut Vm, keep: bool) -> R {
        let mut from = 0;
        let l = self.parts(vm, |vm, out| {
            let b = self.get(vm);
            let mut at = from;
            for _ in steps(vm, at..b.len()) {
                if at >= b.len() || out.len() == SOME {
                    break;
                }
                let (c, next) = self.char(b, at);
                let end = std::mem::replace(&mut at, next);
                if self.is_break(c) {
                    if c == 13 && b.get(at) == Some(&10) {
                        at += 1;
                    }
                    out.push((from, if keep { at } else { end }));
                    from = at;
                }
            }
            if at < b.len() {
                return true;
            }
            if from < b.len() {
                out.push((from, b.len()));
            }
            false
        })?;
        Ok(l.value())
    }
}

/// Adds the parts that `next` cuts off, at most `left`; whether there may be more. That there are none it says too where
/// it gives up.
fn cut<'v>(
    vm: &'v Vm,
    out: &mut Vec<(usize, usize)>,
    left: &mut usize,
    mut next: impl FnMut(&mut Pace<'v>) -> Option<(usize, usize)>,
) -> bool {
    let mut pace = Pace::new(vm);
    while *left > 0 {
        if out.len() >= SOME {
            return true;
        }
        let Some((from, to)) = next(&mut pace) else {
            return false;
        };
        out.push((from, to));
        *left -= 1;
        if !pace.goes_on(to - from) {
            return false;
        }
    }
    false
}

/// Calls `f` with each place of `old`, from the left, that does not overlap those before, at most `max` of them: what
/// is replaced. Nothing is everywhere; in text (`chars`) only between characters.
pub fn each_place(
    vm: &Vm,
    b: &[u8],
    old: &[u8],
    max: usize,
    chars: bool,
    mut f: impl FnMut(usize),
) {
    if old.is_empty() {
        let starts = (0..=b.len()).filter(|&i| !chars || i == b.len() || b[i] & 0xC0 != 0x80);
        return steps(vm, starts).take(max).for_each(f);
    }
    let mut needle = Needle::new(old);
    let mut pace = Pace::new(vm);
    let mut at = 0;
    for _ in 0..max {
        let Some(i) = needle.find(vm, &b[at..]) else {
            return;
        };
        f(at + i);
        at += i + old.len();
        if !pace.goes_on(i + old.len()) {
            return;
        }
    }
}

/// How many places there are.
pub fn places(vm: &Vm, b: &[u8], old: &[u8], max: usize, chars: bool) -> usize {
    let mut n = 0;
    each_place(vm, b, old, max, chars, |_| n += 1);
    n
}

/// Writes the bytes with `new` in the place of each `old`.
pub fn replace(
    vm: &Vm,
    t: &mut [u8],
    b: &[u8],
    (old, new): (&[u8], &[u8]),
    max: usize,
    chars: bool,
) {
    let (mut from, mut to) = (0, 0);
    // Many parts may be a little shorter than what is copied without a look.
    let mut pace = Pace::new(vm);
    let mut put = |part: &[u8]| {
        if pace.goes_on(part.len()) {
            work::copy(vm, &mut t[to..to + part.len()], part);
            to += part.len();
        }
    };
    each_place(vm, b, old, max, chars, |at| {
        put(&b[from..at]);
        put(new);
        from = at + old.len();
    });
    if !vm.gives_up() {
        put(&b[from..]);
    }
}
