//! Exceptions as CPython prints them when nothing catches them.

use super::ops;
use super::value::{ExceptionObj, TracebackObj};
use crate::modules::frozen;
use crate::object::{ClassId, Kind, Value};
use crate::protocol::repr;
use crate::protocol::special::Special;
use crate::types::code::value::CodeObj;
use crate::types::int::ops as int;
use crate::types::list::ops as list;
use crate::types::str::value::StrObj;
use crate::types::stream::escape_surrogates;
use crate::vm::{Vm, limit};
use std::collections::HashSet;

/// Reads a source file, for the lines of a traceback; `None` leaves them out.
pub type Reader<'a> = &'a mut dyn FnMut(&Vm, &str) -> Option<Vec<u8>>;

/// Lines of a traceback at most: the last ones.
const LIMIT: usize = 1000;
/// Equal lines that are printed before they are counted.
const REPEATS: usize = 3;

/// The whole text with traceback, causes and contexts, source lines read from the files named.
pub fn print_exception(vm: &mut Vm, exc: Value) -> String {
    print_exception_with(vm, exc, &mut |vm, path| match frozen::source(path) {
        Some(text) => Some(text.as_bytes().to_vec()),
        None => vm.source_file(path),
    })
}

/// The same, source lines through `reader`.
pub fn print_exception_with(vm: &mut Vm, exc: Value, reader: Reader<'_>) -> String {
    let mut out = String::new();
    // The chain from the one to be printed last; a list holds it for the collector.
    let Ok(chain) = vm.new_list(&[exc]) else {
        return last_line(vm, exc);
    };
    let mut how = vec![""];
    let mut seen = HashSet::from([exc.bits()]);
    let mut at = exc;
    let mut cost = Cost::default();
    while let Some(o) = at.get::<ExceptionObj>(vm) {
        let next = match (o.cause.get(), o.context.get()) {
            (Some(c), _) => (
                c,
                "\nThe above exception was the direct cause of the following exception:\n\n",
            ),
            (None, Some(c)) if !o.suppress_context.get() => (
                c,
                "\nDuring handling of the above exception, another exception occurred:\n\n",
            ),
            _ => break,
        };
        let more = cost.goes_on(vm, (how.len() + 1).saturating_mul(LINK));
        if !more || !seen.insert(next.0.bits()) || list::push(vm, chain, next.0).is_err() {
            break;
        }
        how.push(next.1);
        at = next.0;
    }
    let links = how.len().saturating_mul(LINK);
    for i in (0..how.len()).rev() {
        if let Some(e) = list::item(vm, chain, i) {
            // Where the memory or the time is used up only the exception itself is shown.
            if i > 0 && !cost.goes_on(vm, links.saturating_add(out.len().saturating_mul(2))) {
                continue;
            }
            one(vm, e, reader, &mut out);
            out.push_str(how[i]);
        }
    }
    cost.end(vm);
    out
}

/// Bytes that an exception of a chain takes while the chain is looked at, outside the heap.
const LINK: usize = 96;

/// What printing a chain takes outside the heap, accounted.
#[derive(Default)]
struct Cost {
    accounted: usize,
    over: bool,
}

impl Cost {
    /// Whether so many bytes may be taken, and no limit wants the engine to stop.
    fn goes_on(&mut self, vm: &mut Vm, bytes: usize) -> bool {
        const STEP: usize = 64 << 10;
        if vm
            .limit
            .has(limit::INTERRUPT | limit::DEADLINE | limit::STOPPED)
        {
            // It stays asked for, and is met where it can be said.
            self.over = true;
        }
        if !self.over && bytes > self.accounted.saturating_add(STEP / 2) {
            let more = (bytes - self.accounted).saturating_add(STEP);
            match vm.heap.account(more) {
                Ok(()) => self.accounted += more,
                Err(_) => self.over = true,
            }
        }
        !self.over
    }
    fn end(self, vm: &Vm) {
        vm.heap.unaccount(self.accounted);
    }
}

/// Says on `sys.stderr` that an exception was ignored, which came out of code that `from` stands for.
///
/// # Errors
/// What writing raises.
pub fn unraisable(vm: &mut Vm, from: Value, exc: Value) -> Result<(), crate::vm::Raised> {
    let shown = repr::repr(vm, from)?;
    let mut out = format!("Exception ignored in: {}\n", text(vm, shown));
    out.push_str(&print_exception(vm, exc));
    vm.check_stopped()?;
    crate::types::stream::write_text(vm, crate::types::stream::Stream::Err, &out)
}

fn text(vm: &Vm, v: Value) -> String {
    v.get::<StrObj>(vm)
        .map_or_else(String::new, |s| escape_surrogates(s.as_bytes()))
}

fn one(vm: &mut Vm, exc: Value, reader: Reader<'_>, out: &mut String) {
    let tb = ops::traceback(vm, exc);
    if tb.is_kind(Kind::Traceback) {
        out.push_str("Traceback (most recent call last):\n");
        lines(vm, tb, reader, out);
    }
    let is_syntax = vm.class_of(exc).is_subclass(ClassId::SyntaxError);
    if is_syntax && syntax(vm, exc, out) {
        return;
    }
    out.push_str(&last_line(vm, exc));
}

/// The class as a traceback names it: with its module, if that is not `builtins`.
fn class_name(vm: &mut Vm, exc: Value) -> String {
    let Some(c) = crate::types::instance::ops::class_of(vm, exc) else {
        return crate::types::full_name(vm.class_of(exc));
    };
    let name = crate::types::class::ops::name_of(vm, c);
    let module = match vm.special(Special::Module) {
        Ok(key) => crate::protocol::attr::lookup(vm, c, key),
        Err(r) => Err(r),
    };
    match module {
        Ok(Some(m)) if m.is_kind(Kind::Str) => match text(vm, m) {
            m if m == "builtins" => name.into_owned(),
            m => format!("{m}.{name}"),
        },
        Ok(_) => format!("<unknown>{name}"),
        Err(r) => {
            // The engine may be ending; there is nothing more to say then.
            let _ = vm.catch(r, ClassId::BaseException);
            format!("<unknown>{name}")
        }
    }
}

/// `Type: message`
pub fn last_line(vm: &mut Vm, exc: Value) -> String {
    let name = class_name(vm, exc);
    let shown = match repr::str(vm, exc) {
        Ok(s) => text(vm, s),
        Err(r) => match vm.catch(r, ClassId::BaseException) {
            Ok(_) => "<exception str() failed>".to_owned(),
            // The engine is ending: there is nothing more to say.
            Err(_) => String::new(),
        },
    };
    if shown.is_empty() {
        format!("{name}\n")
    } else {
        format!("{name}: {shown}\n")
    }
}

/// File, line and caret of a SyntaxError, then its message; false when it names no place.
fn syntax(vm: &mut Vm, exc: Value, out: &mut String) -> bool {
    let line = ops::field(vm, exc, "lineno").and_then(|l| int::to_i64(vm, l));
    let (Some(line), Some(file)) = (line, ops::field(vm, exc, "filename")) else {
        return false;
    };
    let file = match file.is_none() {
        true => "<string>".to_owned(),
        false => text(vm, file),
    };
    out.push_str(&format!("  File \"{file}\", line {line}\n"));
    let source = ops::field(vm, exc, "text").filter(|t| t.is_kind(Kind::Str));
    if let Some(source) = source {
        let offset = ops::field(vm, exc, "offset").and_then(|o| int::to_i64(vm, o));
        caret(&text(vm, source), offset, out);
    }
    let msg = ops::field(vm, exc, "msg").unwrap_or(Value::NONE);
    let msg = match repr::str(vm, msg) {
        Ok(s) => text(vm, s),
        Err(r) => {
            // Without memory for the text the name alone is printed.
            let _ = vm.catch(r, ClassId::BaseException);
            String::new()
        }
    };
    let name = vm.type_name(exc);
    if msg.is_empty() {
        out.push_str(&format!("{name}\n"));
    } else {
        out.push_str(&format!("{name}: {msg}\n"));
    }
    true
}

/// The line that holds the error, without its indentation, and a caret under the column.
fn caret(source: &str, offset: Option<i64>, out: &mut String) {
    let chars: Vec<char> = source.chars().collect();
    let mut off = offset.unwrap_or(-1);
    let (mut from, mut rest) = (0usize, chars.len());
    if off >= 0 {
        if off > 0 && off as usize == rest && chars[off as usize - 1] == '\n' {
            off -= 1;
        }
        // Only the line of the error is shown.
        while let Some(nl) = chars[from..].iter().position(|c| *c == '\n') {
            if nl as i64 >= off {
                rest = from + nl + 1;
                break;
            }
            off -= nl as i64 + 1;
            from += nl + 1;
        }
        rest = rest.min(chars.len());
    }
    while from < rest && matches!(chars[from], ' ' | '\t' | '\x0c') {
        from += 1;
        off -= 1;
    }
    out.push_str("    ");
    out.extend(&chars[from..rest]);
    if from == rest || chars[rest - 1] != '\n' {
        out.push('\n');
    }
    if offset.is_none_or(|o| o < 0) {
        return;
    }
    out.push_str("    ");
    for _ in 1..off.max(1) {
        out.push(' ');
    }
    out.push_str("^\n");
}

/// The lines of a traceback, the outermost frame first.
fn lines(vm: &mut Vm, tb: Value, reader: Reader<'_>, out: &mut String) {
    let mut depth = 0;
    let mut at = Some(tb);
    while let Some(t) = at.and_then(|t| t.get::<TracebackObj>(vm)) {
        depth += 1;
        at = t.next.get();
    }
    let mut skip = depth - LIMIT.min(depth);
    let mut last: Option<(Value, i32)> = None;
    let mut last_file = (String::new(), None);
    let mut same = 0;
    let mut at = Some(tb);
    while let Some(t) = at.and_then(|t| t.get::<TracebackObj>(vm)) {
        let (code, line) = (t.code.get_or_none(), t.line);
        at = t.next.get();
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let Some(co) = code.get::<CodeObj>(vm).and_then(|c| c.code.clone()) else {
            continue;
        };
        let again = last.is_some_and(|(c, l)| {
            l == line
                && (c == code
                    || c.get::<CodeObj>(vm)
                        .and_then(|c| c.code.as_ref())
                        .is_some_and(|c| c.filename == co.filename && c.name == co.name))
        });
        same = if again {
            same + 1
        } else {
            repeated(same, out);
            1
        };
        last = Some((code, line));
        if same > REPEATS {
            continue;
        }
        let name = escape_surrogates(co.name.as_bytes());
        out.push_str(&format!(
            "  File \"{}\", line {line}, in {name}\n",
            co.filename
        ));
        if last_file.0 != *co.filename || last_file.1.is_none() {
            last_file = (co.filename.to_string(), Some(reader(vm, &co.filename)));
        }
        if let Some(Some(text)) = &last_file.1
            && let Some(l) = source_line(text, line)
        {
            out.push_str(&format!("    {l}\n"));
        }
    }
    repeated(same, out);
}

fn repeated(same: usize, out: &mut String) {
    if same > REPEATS {
        let n = same - REPEATS;
        let s = if n == 1 { "" } else { "s" };
        out.push_str(&format!("  [Previous line repeated {n} more time{s}]\n"));
    }
}

/// Line `n` of a file, without its indentation; `None` past the end or where it is not UTF-8.
pub fn source_line(text: &[u8], n: i32) -> Option<&str> {
    let mut rest = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut left = u32::try_from(n).ok()?.checked_sub(1)?;
    loop {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r'));
        let (line, after) = match end {
            Some(i) if rest[i..].starts_with(b"\r\n") => (&rest[..i], &rest[i + 2..]),
            Some(i) => (&rest[..i], &rest[i + 1..]),
            None => (rest, &rest[rest.len()..]),
        };
        if left == 0 {
            let line = std::str::from_utf8(line).ok()?;
            return Some(line.trim_start_matches([' ', '\t', '\x0c']));
        }
        left -= 1;
        rest = after;
    }
}
