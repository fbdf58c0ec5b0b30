//! `repr()` and `str()`.
//!
//! Text is collected in a byte vector (WTF-8) and becomes a str at the end. A container that is
//! being shown already shows as `[...]`: the containers on the way form a list on the machine stack.

use crate::code::wtf8::{code_points, decode_at, push_code_point};
use crate::object::{ClassId, Gc, Kind, Value};
use crate::protocol::special::{self, Special};
use crate::types::builtin::value::{BoundMethodObj, BuiltinObj, MethodDescrObj};
use crate::types::bytes::value::BytesObj;
use crate::types::cell::value::CellObj;
use crate::types::code::value::CodeObj;
use crate::types::deque::value::DequeObj;
use crate::types::descr::value::{GetSetObj, MemberObj};
use crate::types::dict::value::{DictObj, DictViewObj};
use crate::types::exception::value::ExceptionObj;
use crate::types::function::value::FunctionObj;
use crate::types::generator::value::GenObj;
use crate::types::list::value::ListObj;
use crate::types::module::value::ModuleObj;
use crate::types::range::value::RangeObj;
use crate::types::set::value::SetObj;
use crate::types::str::unicode;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::types::{bytes, complex, dict, float, int};
use crate::vm::{Raised, Vm, work};

type R = Result<Value, Raised>;
type Done = Result<(), Raised>;

/// `repr(v)`
///
/// # Errors
/// RecursionError, MemoryError.
pub fn repr(vm: &mut Vm, v: Value) -> R {
    if v.is_user()
        && let Some(f) = special::find(vm, v, Special::Repr)?
    {
        return super::user::text(vm, f, v, Special::Repr);
    }
    repr_plain(vm, v)
}
/// The same by the layout.
///
/// # Errors
/// As [`repr`].
pub fn repr_plain(vm: &mut Vm, v: Value) -> R {
    let mut out = Vec::new();
    write_plain(vm, v, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// `dict.__repr__(v)`: also of what derives from `dict`.
///
/// # Errors
/// As [`repr`].
pub fn repr_of_dict(vm: &mut Vm, v: Value) -> R {
    let mut out = Vec::new();
    vm.enter_recursive(" while getting the repr of an object")?;
    container(vm, v, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// `str(v)`; a str is its own.
///
/// # Errors
/// As [`repr`].
pub fn str(vm: &mut Vm, v: Value) -> R {
    if v.exact::<StrObj>().is_some() {
        return Ok(v);
    }
    if v.is_user()
        && let Some(f) = special::find(vm, v, Special::Str)?
    {
        return super::user::text(vm, f, v, Special::Str);
    }
    str_plain(vm, v)
}
/// The same by the layout.
///
/// # Errors
/// As [`repr`].
pub fn str_plain(vm: &mut Vm, v: Value) -> R {
    if v.exact::<StrObj>().is_some() {
        return Ok(v);
    }
    if let Some(i) = v.as_small_int() {
        vm.enter_recursive(" while getting the str of an object")?;
        let mut text = [0; DIGITS];
        return vm.new_str_wtf8(decimal(i, &mut text));
    }
    let mut out = Vec::new();
    str_into_plain(vm, v, &mut out)?;
    vm.new_str_wtf8(&out)
}

/// Bytes of the longest int of 64 bits, its sign among them.
pub const DIGITS: usize = 20;

/// The digits of a number, which end where the buffer does.
pub fn decimal(i: i64, text: &mut [u8; DIGITS]) -> &[u8] {
    let mut rest = i.unsigned_abs();
    let mut at = DIGITS;
    loop {
        at -= 1;
        text[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if i < 0 {
        at -= 1;
        text[at] = b'-';
    }
    &text[at..]
}

/// `ascii(v)`: the repr, everything beyond ASCII escaped.
///
/// # Errors
/// As [`repr`].
pub fn ascii(vm: &mut Vm, v: Value) -> R {
    let mut out = Vec::new();
    repr_into(vm, v, &mut out)?;
    let out = to_ascii(vm, &out)?;
    vm.new_str_wtf8(&out)
}

/// Escapes what is not ASCII.
///
/// # Errors
/// MemoryError, before anything is made; a limit.
pub fn to_ascii(vm: &mut Vm, b: &[u8]) -> Result<Vec<u8>, Raised> {
    // Of two bytes four are made, of three six, of four ten.
    let wide = vm.working(|vm| work::count(vm, b, |c| c >= 128))?;
    int::big::room_bytes(vm, b.len().saturating_add(wide.saturating_mul(2)))?;
    vm.working(|vm| {
        let mut out = Vec::with_capacity(b.len());
        for c in work::steps(vm, code_points(b)) {
            if c < 128 {
                out.push(c as u8);
            } else {
                escape(c, &mut out);
            }
        }
        out
    })
}

/// Appends `repr(v)`.
///
/// # Errors
/// As [`repr`].
pub fn repr_into(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    write(vm, v, out)
}

/// Appends `str(v)`.
///
/// # Errors
/// As [`repr`].
pub fn str_into(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    if v.is_user() {
        let s = str(vm, v)?;
        return append(vm, s, out);
    }
    str_into_plain(vm, v, out)
}
/// Appends a str as it is.
pub fn append(vm: &mut Vm, s: Value, out: &mut Vec<u8>) -> Done {
    let n = s.get::<StrObj>(vm).map_or(0, |s| s.len);
    vm.reserve(out, n)?;
    if let Some(s) = s.get::<StrObj>(vm) {
        work::append(vm, out, s.as_bytes());
    }
    vm.poll()
}
/// Whether the builtin type of its layout has a `__str__` of its own.
fn has_own_str(v: Value) -> bool {
    matches!(v.kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray))
}
fn str_into_plain(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    if let Some(s) = v.get::<StrObj>(vm) {
        let n = s.len;
        vm.reserve(out, n)?;
        if let Some(s) = v.get::<StrObj>(vm) {
            work::append(vm, out, s.as_bytes());
        }
        return vm.poll();
    }
    vm.enter_recursive(" while getting the str of an object")?;
    if v.is_kind(Kind::Exception) {
        return exception_str(vm, v, out);
    }
    if v.is_kind(Kind::MappingProxy) {
        let d = crate::types::descr::value::proxied(vm, v);
        return str_into(vm, d, out);
    }
    // `int` and its like have no `__str__` of their own: that of `object` asks for `__repr__`.
    match v.is_user() {
        true if !has_own_str(v) => repr_into(vm, v, out),
        _ => write_plain(vm, v, out),
    }
}

fn escape(c: u32, out: &mut Vec<u8>) {
    let s = match c {
        0..0x100 => format!("\\x{c:02x}"),
        0x100..0x1_0000 => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    };
    out.extend_from_slice(s.as_bytes());
}

/// Bytes of a str or bytes object from which on the length of its repr is found before that is made.
const MEASURED: usize = 1 << 12;

/// How long a repr becomes at most; it may give up.
fn quoted_len(vm: &Vm, b: &[u8], bytes: bool) -> usize {
    let plain = |c: u8| matches!(c, 0x20..=0x7E) && !matches!(c, b'\\' | b'\'' | b'"');
    let others = b.len() - work::count(vm, b, plain);
    // An ASCII character takes four bytes at most, and each byte of a wider one three.
    let wide = match bytes {
        true => 0,
        false => work::count(vm, b, |c| c >= 0x80),
    };
    b.len() + 3 + 3 * (others - wide) + wide_len(vm, b, wide)
}
/// What escapes take beyond the wide characters themselves, of which there are so many bytes.
fn wide_len(vm: &Vm, b: &[u8], wide: usize) -> usize {
    if wide == 0 {
        return 0;
    }
    let more = |c: u32| match c {
        0..0x80 => 0,
        c if unicode::is_printable(c) => 0,
        0x80..0x100 => 2,
        0x100..0x800 => 4,
        0x800..0x1_0000 => 3,
        _ => 6,
    };
    work::steps(vm, code_points(b)).map(more).sum()
}

/// Appends the text in quotes, as `repr` of a str does.
pub fn quote(b: &[u8], out: &mut Vec<u8>) {
    quote_while(b, out, || true);
}

/// The same where it may give up: while `goes_on` says so, which is asked now and then.
pub fn quote_while(b: &[u8], out: &mut Vec<u8>, goes_on: impl Fn() -> bool) {
    let quote = match work::has(b, b'\'', &goes_on) && !work::has(b, b'"', &goes_on) {
        true => b'"',
        false => b'\'',
    };
    out.reserve(b.len() + 2);
    out.push(quote);
    let (mut i, mut next) = (0, work::PIECE);
    while i < b.len() {
        if i >= next {
            if !goes_on() {
                return;
            }
            next = i + work::PIECE;
        }
        let (c, w) = decode_at(b, i);
        i += w;
        match c {
            0x5C => out.extend_from_slice(b"\\\\"),
            0x0A => out.extend_from_slice(b"\\n"),
            0x0D => out.extend_from_slice(b"\\r"),
            0x09 => out.extend_from_slice(b"\\t"),
            c if c == quote as u32 => out.extend_from_slice(&[b'\\', quote]),
            c if unicode::is_printable(c) => push_code_point(out, c),
            c => escape(c, out),
        }
    }
    out.push(quote);
}

/// An identity as CPython prints an address.
fn address(vm: &mut Vm, v: Value) -> Result<String, Raised> {
    Ok(format!("0x{:012x}", vm.identity(v)?))
}

fn push(out: &mut Vec<u8>, s: &str) {
    out.extend_from_slice(s.as_bytes());
}

fn text(vm: &Vm, v: Option<Value>) -> Vec<u8> {
    v.and_then(|v| v.get::<StrObj>(vm))
        .map_or_else(|| b"?".to_vec(), |s| s.as_bytes().to_vec())
}

fn write(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    if v.is_user() {
        let s = repr(vm, v)?;
        return append(vm, s, out);
    }
    write_plain(vm, v, out)
}

fn write_plain(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let v = crate::types::instance::ops::plain(vm, v)?;
    vm.enter_recursive(" while getting the repr of an object")?;
    if let Some(f) = v.as_float() {
        float::text::repr(f, out);
        return Ok(());
    }
    if let Some(i) = v.as_small_int() {
        out.extend_from_slice(decimal(i, &mut [0; DIGITS]));
        return Ok(());
    }
    match v.kind() {
        None => {
            push(
                out,
                match v {
                    Value::NONE => "None",
                    Value::TRUE => "True",
                    Value::FALSE => "False",
                    Value::ELLIPSIS => "Ellipsis",
                    _ => "NotImplemented",
                },
            );
            Ok(())
        }
        Some(Kind::Int64 | Kind::BigInt) => int::parse::to_decimal(vm, v, out),
        Some(Kind::Str) => {
            let n = vm.working(|vm| match v.get::<StrObj>(vm) {
                Some(s) if s.len > MEASURED => quoted_len(vm, s.as_bytes(), false),
                s => s.map_or(0, |s| s.len + 2),
            })?;
            vm.reserve(out, n)?;
            if let Some(s) = v.get::<StrObj>(vm) {
                quote_while(s.as_bytes(), out, || !vm.gives_up());
            }
            vm.poll()
        }
        Some(Kind::Dict) if vm.class_of(v) == ClassId::DefaultDict => {
            dict::factory::repr_into(vm, v, out)
        }
        Some(Kind::Dict) if vm.class_of(v) == ClassId::OrderedDict => {
            dict::ordered::repr_into(vm, v, out)
        }
        Some(Kind::List | Kind::Tuple | Kind::Dict | Kind::DictView | Kind::Set | Kind::Deque) => {
            container(vm, v, out)
        }
        Some(Kind::Bytes) => {
            let n = vm.working(|vm| match v.get::<BytesObj>(vm) {
                Some(b) if b.len > MEASURED => quoted_len(vm, b.as_bytes(), true),
                b => b.map_or(0, |b| b.len + 3),
            })?;
            vm.reserve(out, n)?;
            if let Some(b) = v.get::<BytesObj>(vm) {
                bytes::ops::quote_while(b.as_bytes(), out, || !vm.gives_up());
            }
            vm.poll()
        }
        Some(Kind::ByteArray) => {
            let t = vm.type_name(v).into_owned();
            let n = bytes::ops::get(vm, v).map_or(0, <[u8]>::len);
            vm.reserve(out, 4 * n + t.len() + 8)?;
            push(out, &t);
            out.push(b'(');
            crate::types::bytearray::ops::quote(bytes::ops::get(vm, v).unwrap_or_default(), out);
            out.push(b')');
            Ok(())
        }
        Some(Kind::Memory) => {
            let at = address(vm, v)?;
            let gone = match crate::types::memory::ops::is_released(vm, v) {
                true => "released ",
                false => "",
            };
            push(out, &format!("<{gone}memory at {at}>"));
            Ok(())
        }
        Some(Kind::Complex) => {
            if let Some(c) = complex::ops::get(vm, v) {
                complex::text::repr(c, out);
            }
            Ok(())
        }
        Some(Kind::Iter) if matches!(vm.class_of(v), ClassId::Count | ClassId::Repeat) => {
            match v.cast() {
                Some(it) => crate::types::itertools::make::repr_into(vm, it, out),
                None => Ok(()),
            }
        }
        Some(Kind::Partial) => crate::types::functools::partial::repr_into(vm, v, out),
        Some(Kind::Slice) => slice(vm, v, out),
        Some(Kind::Range) => range(vm, v, out),
        Some(Kind::MappingProxy) => proxy(vm, v, out),
        Some(Kind::Exception) => exception(vm, v, out),
        Some(Kind::BoundMethod) => bound_method(vm, v, out),
        Some(Kind::Frame) => frame(vm, v, out),
        Some(Kind::File) => crate::types::file::repr(vm, v, out),
        Some(Kind::Namespace) if vm.class_of(v) != ClassId::SourceFileLoader => {
            crate::types::namespace::repr(vm, v, out)
        }
        Some(_) => plain(vm, v, out),
    }
}

/// What shows no other values.
fn plain(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let at = address(vm, v)?;
    if let Some(f) = v.get::<FunctionObj>(vm) {
        let name = text(vm, f.qualname.get());
        push(out, "<function ");
        out.extend_from_slice(&name);
        push(out, &format!(" at {at}>"));
    } else if let Some(b) = v.get::<BuiltinObj>(vm) {
        let name = b.def.name;
        if let Some(text) = crate::types::builtin::site::shown(b.def) {
            push(out, &text);
            return Ok(());
        }
        match b.self_.get() {
            Some(s) if b.def.conv.is_slot() => {
                let (t, at) = (vm.type_name(s), address(vm, s)?);
                push(
                    out,
                    &format!("<method-wrapper '{name}' of {t} object at {at}>"),
                );
            }
            Some(s) if !s.is_kind(Kind::Module) => {
                let (t, at) = (vm.type_name(s), address(vm, s)?);
                push(
                    out,
                    &format!("<built-in method {name} of {t} object at {at}>"),
                );
            }
            _ => push(out, &format!("<built-in function {name}>")),
        }
    } else if let Some(m) = v.get::<MethodDescrObj>(vm) {
        let (name, t) = (m.def.name, crate::types::full_name(m.class));
        let what = if m.def.conv.is_slot() {
            "slot wrapper"
        } else {
            "method"
        };
        push(out, &format!("<{what} '{name}' of '{t}' objects>"));
    } else if let Some(g) = v.get::<GetSetObj>(vm) {
        let t = match g.owner.get() {
            Some(k) => crate::types::class::ops::full_name_of(vm, k),
            None => crate::types::full_name(g.class),
        };
        let name = g.getter.name;
        let what = if vm.class_of(v) == ClassId::MemberDescriptor {
            "member"
        } else {
            "attribute"
        };
        push(out, &format!("<{what} '{name}' of '{t}' objects>"));
    } else if let Some(g) = v.get::<GenObj>(vm) {
        let (t, name) = (vm.type_name(v), text(vm, g.qualname.get()));
        push(out, &format!("<{t} object "));
        out.extend_from_slice(&name);
        push(out, &format!(" at {at}>"));
    } else if let Some(f) = v.cast::<crate::types::host::value::HostObj>() {
        let name = crate::types::host::methods::name(vm, f);
        push(out, &format!("<host function {name}>"));
    } else if v.is_kind(Kind::Lock) {
        push(out, &crate::types::lock::methods::repr(vm, v, &at));
    } else if v.is_kind(Kind::WeakRef) {
        weak_ref(vm, v, &at, out)?;
    } else if let Some(c) = v.get::<CellObj>(vm) {
        match c.value.get() {
            Some(x) => {
                let (t, xat) = (vm.type_name(x), address(vm, x)?);
                push(out, &format!("<cell at {at}: {t} object at {xat}>"));
            }
            None => push(out, &format!("<cell at {at}: empty>")),
        }
    } else if let Some(c) = v.get::<CodeObj>(vm) {
        if let Some(c) = &c.code {
            push(out, "<code object ");
            out.extend_from_slice(c.name.as_bytes());
            let line = match c.firstlineno as i32 {
                0 => -1,
                n => n,
            };
            let file = &c.filename;
            push(out, &format!(" at {at}, file \"{file}\", line {line}>"));
        }
    } else if let Some(m) = v.get::<MemberObj>(vm) {
        let (n, o) = (m.name.get_or_none(), m.owner.get_or_none());
        let (n, o) = (vm.text(n), crate::types::class::ops::name_of(vm, o));
        push(out, &format!("<member '{n}' of '{o}' objects>"));
    } else if v.is_kind(Kind::Super) {
        let s = crate::types::descr::zuper::repr(vm, v)?;
        append(vm, s, out)?;
    } else if v.is_kind(Kind::Class) {
        let name = crate::types::class::ops::shown_name(vm, v)?;
        push(out, &format!("<class '{name}'>"));
    } else if let Some(m) = v.get::<ModuleObj>(vm) {
        let (mut name, dict) = (m.name.get_or_none(), m.dict.get());
        let key = vm.intern("__name__")?;
        if let Some(n) = dict
            .and_then(Gc::<DictObj>::from_value)
            .and_then(|d| dict::ops::get_str(vm, d, key))
        {
            name = n;
        }
        push(out, "<module ");
        match name.get::<StrObj>(vm) {
            Some(s) => quote(s.as_bytes(), out),
            None => push(out, "?"),
        }
        let key = vm.intern("__file__")?;
        let file = dict
            .and_then(Gc::<DictObj>::from_value)
            .and_then(|d| dict::ops::get_str(vm, d, key));
        match file.and_then(|f| f.get::<StrObj>(vm)) {
            Some(f) => {
                push(out, " from ");
                quote(f.as_bytes(), out);
            }
            None => match origin(vm, dict)? {
                Some(o) if o.is_kind(Kind::Str) => {
                    push(out, " (");
                    append(vm, o, out)?;
                    push(out, ")");
                }
                _ if made_by_program(vm, dict)? => {}
                _ => push(out, " (built-in)"),
            },
        }
        push(out, ">");
    } else {
        default_into(vm, v, &at, out)?;
    }
    Ok(())
}

/// What the spec of a module without a file says of where it comes from.
fn origin(vm: &mut Vm, namespace: Option<Value>) -> Result<Option<Value>, Raised> {
    let Some(d) = namespace.and_then(Gc::<DictObj>::from_value) else {
        return Ok(None);
    };
    let Some(spec) = dict::ops::get_name(vm, d, "__spec__")? else {
        return Ok(None);
    };
    match crate::types::namespace::dict_of(vm, spec) {
        Some(d) => dict::ops::get_name(vm, d, "origin"),
        None => Ok(None),
    }
}

fn frame(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let at = address(vm, v)?;
    let Some(f) = v.cast() else { return Ok(()) };
    let line = crate::interp::frames::line(vm, f);
    if let Some(c) = crate::types::frame::ops::code(vm, f) {
        push(out, &format!("<frame at {at}, file "));
        quote(c.filename.as_bytes(), out);
        push(out, &format!(", line {line}, code {}>", c.name));
    }
    Ok(())
}

fn default_into(vm: &mut Vm, v: Value, at: &str, out: &mut Vec<u8>) -> Done {
    let c = crate::types::class::ops::type_of(vm, v)?;
    let name = crate::types::class::ops::shown_name(vm, c)?;
    push(out, &format!("<{name} object at {at}>"));
    Ok(())
}
/// `object.__repr__(v)`
pub fn default(vm: &mut Vm, v: Value) -> R {
    let at = address(vm, v)?;
    let mut out = Vec::new();
    default_into(vm, v, &at, &mut out)?;
    vm.new_str_wtf8(&out)
}

fn weak_ref(vm: &mut Vm, v: Value, at: &str, out: &mut Vec<u8>) -> Done {
    let Some(to) = crate::types::weak::methods::referent(vm, v) else {
        push(out, &format!("<weakref at {at}; dead>"));
        return Ok(());
    };
    let c = crate::types::class::ops::type_of(vm, to)?;
    let (t, to_at) = (
        crate::types::class::ops::full_name_of(vm, c),
        address(vm, to)?,
    );
    push(out, &format!("<weakref at {at}; to '{t}' at {to_at}"));
    let key = vm.intern("__name__")?;
    let name = super::attr::optional(vm, to, key)?;
    if let Some(n) = name.and_then(|n| n.get::<StrObj>(vm)) {
        push(out, " (");
        out.extend_from_slice(n.as_bytes());
        push(out, ")");
    }
    push(out, ">");
    Ok(())
}

fn proxy(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    push(out, "mappingproxy(");
    let d = crate::types::descr::value::held(vm, v);
    nested(vm, |vm| write(vm, d, out))?;
    push(out, ")");
    Ok(())
}

fn bound_method(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let (f, s) = match v.get::<BoundMethodObj>(vm) {
        Some(m) => (m.func.get_or_none(), m.self_.get_or_none()),
        None => return Ok(()),
    };
    let mut name = None;
    for key in ["__qualname__", "__name__"] {
        let key = vm.intern(key)?;
        if name.is_none() {
            name = super::attr::optional(vm, f, key)?;
        }
    }
    let name = text(vm, name);
    push(out, "<bound method ");
    out.extend_from_slice(&name);
    push(out, " of ");
    nested(vm, |vm| write(vm, s, out))?;
    push(out, ">");
    Ok(())
}

fn nested<T>(vm: &mut Vm, f: impl FnOnce(&mut Vm) -> Result<T, Raised>) -> Result<T, Raised> {
    super::nested(vm, " while getting the repr of an object", f)
}

fn range(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let (start, stop, step) = match v.get::<RangeObj>(vm) {
        Some(r) => (
            r.start.get_or_none(),
            r.stop.get_or_none(),
            r.step.get_or_none(),
        ),
        None => return Ok(()),
    };
    push(out, "range(");
    write(vm, start, out)?;
    push(out, ", ");
    write(vm, stop, out)?;
    if step != Value::int_unchecked(1) {
        push(out, ", ");
        write(vm, step, out)?;
    }
    push(out, ")");
    Ok(())
}

fn slice(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let Some(s) = v.cast() else { return Ok(()) };
    push(out, "slice(");
    nested(vm, |vm| {
        for (i, x) in crate::types::slice::ops::fields(vm, s)
            .into_iter()
            .enumerate()
        {
            push(out, if i > 0 { ", " } else { "" });
            write(vm, x, out)?;
        }
        Ok(())
    })?;
    push(out, ")");
    Ok(())
}

fn container(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let shown = once(vm, v, |vm| {
        nested(vm, |vm| match v.kind() {
            Some(Kind::List) => list(vm, v, out),
            Some(Kind::Tuple) => tuple(vm, v, out),
            Some(Kind::Deque) => deque(vm, v, out),
            Some(Kind::Dict) => dictionary(vm, v, out),
            Some(Kind::Set) => set(vm, v, out),
            _ => view(vm, v, out),
        })
    })?;
    if shown.is_none() {
        let dots = match v.kind() {
            Some(Kind::Tuple) => "(...)",
            Some(Kind::Dict) => "{...}",
            Some(Kind::List | Kind::Deque) => "[...]",
            Some(Kind::Set) => &format!("{}(...)", vm.type_name(v)),
            _ => "...",
        };
        push(out, dots);
    }
    Ok(())
}

/// Runs `f`, which shows the object; not where it is being shown already (`Py_ReprEnter`).
///
/// # Errors
/// What `f` raises.
pub fn once(vm: &mut Vm, v: Value, f: impl FnOnce(&mut Vm) -> Done) -> Result<Option<()>, Raised> {
    if vm.showing.borrow().contains(&v.bits()) {
        return Ok(None);
    }
    vm.showing.borrow_mut().push(v.bits());
    let r = f(vm);
    vm.showing.borrow_mut().pop();
    r.map(Some)
}

/// Between two items: a safepoint, and a look at how long the text has become.
fn comma(vm: &mut Vm, i: usize, out: &mut Vec<u8>) -> Done {
    vm.poll()?;
    // An item that is no text is short.
    vm.reserve(out, AN_ITEM)?;
    if i > 0 {
        push(out, ", ");
    }
    Ok(())
}
/// Bytes of an item, and of what stands between two.
const AN_ITEM: usize = 64;

fn list(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    push(out, "[");
    let mut i = 0;
    while let Some(x) = v.get::<ListObj>(vm).and_then(|l| l.items.get(i)) {
        comma(vm, i, out)?;
        write(vm, x, out)?;
        i += 1;
    }
    push(out, "]");
    Ok(())
}

/// The items as a list has them, which are read at once.
fn deque(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let name = crate::types::class::ops::short_name(vm, v);
    let most = v.get::<DequeObj>(vm).map_or(-1, |d| d.maxlen.get());
    let items = crate::types::list::ops::from_iterable(vm, v)?;
    push(out, &format!("{name}("));
    list(vm, items.value(), out)?;
    if most >= 0 {
        push(out, &format!(", maxlen={most}"));
    }
    push(out, ")");
    Ok(())
}

fn tuple(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let class = vm.class_of(v);
    let names = crate::types::getters_of(class);
    if !names.is_empty() {
        // A named tuple says its name without its module.
        match class {
            ClassId::Instruction => push(out, class.name()),
            _ => push(out, &crate::types::full_name(class)),
        }
    }
    push(out, "(");
    let mut i = 0;
    while let Some(x) = v.get::<TupleObj>(vm).and_then(|t| t.get(i)) {
        comma(vm, i, out)?;
        if let Some(n) = names.get(i) {
            push(out, n.name);
            push(out, "=");
        }
        write(vm, x, out)?;
        i += 1;
    }
    push(out, if i == 1 { ",)" } else { ")" });
    Ok(())
}

fn set(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let Some(s) = Gc::<SetObj>::from_value(v) else {
        return Ok(());
    };
    let class = vm.class_of(v);
    let name = vm.type_name(v);
    if crate::types::set::ops::len(vm, s) == 0 {
        push(out, &format!("{name}()"));
        return Ok(());
    }
    let frozen = class != ClassId::Set || v.is_user();
    if frozen {
        push(out, &format!("{name}("));
    }
    push(out, "{");
    if v.is_user() {
        // It may have an iterator of its own.
        let all = crate::types::list::ops::from_iterable(vm, v)?;
        let mut i = 0;
        while let Some(x) = all.get(vm).items.get(i) {
            comma(vm, i, out)?;
            write(vm, x, out)?;
            i += 1;
        }
    } else {
        let (mut pos, mut i) = (0, 0);
        while let Some((x, _)) = crate::types::set::ops::next(vm, s, &mut pos) {
            comma(vm, i, out)?;
            write(vm, x, out)?;
            i += 1;
        }
    }
    push(out, if frozen { "})" } else { "}" });
    Ok(())
}

/// Whether a module says that nobody has loaded it.
fn made_by_program(vm: &mut Vm, dict: Option<Value>) -> Result<bool, Raised> {
    if dict == vm.builtins.get() {
        return Ok(false);
    }
    let Some(d) = dict.and_then(Gc::<DictObj>::from_value) else {
        return Ok(false);
    };
    for name in ["__spec__", "__loader__"] {
        let key = vm.intern(name)?;
        if !dict::ops::get_str(vm, d, key).is_some_and(Value::is_none) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn dictionary(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let Some(d) = Gc::<DictObj>::from_value(v) else {
        return Ok(());
    };
    push(out, "{");
    let (mut pos, mut i) = (0, 0);
    while let Some((k, x)) = dict::ops::next_item(vm, d, &mut pos) {
        comma(vm, i, out)?;
        write(vm, k, out)?;
        push(out, ": ");
        write(vm, x, out)?;
        i += 1;
    }
    push(out, "}");
    Ok(())
}

fn view(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let class = vm.class_of(v);
    push(out, &format!("{}([", class.name()));
    let d = v
        .get::<DictViewObj>(vm)
        .and_then(|o| o.dict.get())
        .and_then(Gc::<DictObj>::from_value);
    if let Some(d) = d {
        let (mut pos, mut i) = (0, 0);
        while let Some((k, x)) = dict::ops::next_item(vm, d, &mut pos) {
            comma(vm, i, out)?;
            match dict::ordered::plain_view(class) {
                ClassId::DictKeys => write(vm, k, out)?,
                ClassId::DictValues => write(vm, x, out)?,
                _ => {
                    push(out, "(");
                    write(vm, k, out)?;
                    push(out, ", ");
                    write(vm, x, out)?;
                    push(out, ")");
                }
            }
            i += 1;
        }
    }
    push(out, "])");
    Ok(())
}

fn exception_args(vm: &Vm, v: Value) -> (Value, usize, Option<Value>) {
    let args = v
        .get::<ExceptionObj>(vm)
        .map_or(Value::NONE, |e| e.args.get_or_none());
    match args.get::<TupleObj>(vm) {
        Some(t) => (args, t.len, t.get(0)),
        None => (args, 0, None),
    }
}

fn exception(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let (args, n, first) = exception_args(vm, v);
    let name = vm.type_name(v);
    push(out, &name);
    nested(vm, |vm| match first {
        Some(x) if n == 1 => {
            push(out, "(");
            write(vm, x, out)?;
            push(out, ")");
            Ok(())
        }
        _ if args.is_none() => {
            push(out, "()");
            Ok(())
        }
        _ => write(vm, args, out),
    })
}

fn exception_str(vm: &mut Vm, v: Value, out: &mut Vec<u8>) -> Done {
    let (args, n, first) = exception_args(vm, v);
    let class = vm.class_of(v);
    // Classes whose text is made of their fields.
    if !crate::types::exception::ops::fields_of(class).is_empty() {
        let s = super::nested(vm, " while getting the str of an object", |vm| {
            crate::types::exception::methods::str(vm, v)
        })?;
        if let Some(s) = s.get::<StrObj>(vm) {
            out.extend_from_slice(s.as_bytes());
        }
        return Ok(());
    }
    match first {
        None => Ok(()),
        // The key, as it would be written: '' would show nothing.
        Some(x) if n == 1 && vm.is_a(v, ClassId::KeyError) => repr_into(vm, x, out),
        Some(x) if n == 1 => super::nested(vm, " while getting the str of an object", |vm| {
            str_into(vm, x, out)
        }),
        Some(_) => repr_into(vm, args, out),
    }
}
