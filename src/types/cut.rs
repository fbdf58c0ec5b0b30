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
use crate::vm::work::{Needle, steps};
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
    fn skip(self, vm: &Vm, mut at: usize, blank: bool) -> usize {
        let b = self.get(vm);
        for _ in steps(vm, at..b.len()) {
            if at >= b.len() {
                break;
            }
            let (c, next) = self.char(b, at);
            if self.is_blank(c) != blank {
                break;
            }
            at = next;
        }
        at
    }
    /// Where those begin that end at a place.
    fn skip_back(self, vm: &Vm, mut to: usize, blank: bool) -> usize {
        let b = self.get(vm);
        for _ in steps(vm, 0..to) {
            if to == 0 {
                break;
            }
            let (c, at) = self.char_before(b, to);
            if self.is_blank(c) != blank {
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
                list::ops::push(vm, l, part)?;
            }
            if !goes_on {
                return Ok(l);
            }
        }
    }

    /// `text.split(sep, max)`; without a separator, at blanks.
    pub fn split(self, vm: &mut Vm, sep: Option<Text>, max: usize) -> R {
        let (mut at, mut cuts) = (0, 0);
        let l = match sep {
            Some(sep) => self.parts(vm, |vm, out| {
                let (b, sep) = (self.get(vm), sep.get(vm));
                let mut needle = Needle::new(sep);
                while out.len() < SOME {
                    let found = if cuts < max {
                        needle.find(vm, &b[at..])
                    } else {
                        None
                    };
                    let Some(i) = found else {
                        out.push((at, b.len()));
                        return false;
                    };
                    out.push((at, at + i));
                    at += i + sep.len();
                    cuts += 1;
                }
                true
            })?,
            None => self.parts(vm, |vm, out| {
                let end = self.get(vm).len();
                while out.len() < SOME {
                    at = self.skip(vm, at, true);
                    if at >= end {
                        return false;
                    }
                    if cuts == max {
                        // The rest keeps its blanks.
                        out.push((at, end));
                        return false;
                    }
                    let from = at;
                    at = self.skip(vm, at, false);
                    out.push((from, at));
                    cuts += 1;
                }
                true
            })?,
        };
        Ok(l.value())
    }

    /// The same from the right.
    pub fn rsplit(self, vm: &mut Vm, sep: Option<Text>, max: usize) -> R {
        let (mut to, mut cuts) = (self.get(vm).len(), 0);
        let l = match sep {
            Some(sep) => self.parts(vm, |vm, out| {
                let (b, sep) = (self.get(vm), sep.get(vm));
                let mut needle = Needle::new(sep);
                while out.len() < SOME {
                    let found = if cuts < max {
                        needle.rfind(vm, &b[..to])
                    } else {
                        None
                    };
                    let Some(i) = found else {
                        out.push((0, to));
                        return false;
                    };
                    out.push((i + sep.len(), to));
                    to = i;
                    cuts += 1;
                }
                true
            })?,
            None => self.parts(vm, |vm, out| {
                while out.len() < SOME {
                    to = self.skip_back(vm, to, true);
                    if to == 0 {
                        return false;
                    }
                    if cuts == max {
                        out.push((0, to));
                        return false;
                    }
                    let end = to;
                    to = self.skip_back(vm, to, false);
                    out.push((to, end));
                    cuts += 1;
                }
                true
            })?,
        };
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
    let mut at = 0;
    for _ in steps(vm, 0..max) {
        let Some(i) = needle.find(vm, &b[at..]) else {
            return;
        };
        f(at + i);
        at += i + old.len();
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
    let mut put = |part: &[u8]| {
        crate::vm::work::copy(vm, &mut t[to..to + part.len()], part);
        to += part.len();
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
