//! Attributes of exceptions and tracebacks, their constructors, and what `str()` and `repr()` show.

use super::ops;
use super::value::{ExceptionObj, TracebackObj};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::protocol::repr;
use crate::protocol::special::Special;
use crate::raise;
use crate::types::frame::value::FrameObj;
use crate::types::int::ops as int;
use crate::types::str::value::StrObj;
use crate::types::tuple::ops as tuple;
use crate::types::{Getter, Setter, args};
use crate::vm::{Raised, Vm};

type Get = fn(&mut Vm, Value) -> Result<Option<Value>, Raised>;
type Set = fn(&mut Vm, Value, Option<Value>) -> Result<(), Raised>;
const fn field(name: &'static str, get: Get, set: Set) -> Getter {
    Getter {
        name,
        get,
        set: Setter::Fn(set),
    }
}

/// Rows of BaseException.
pub const METHODS: &[MethodDef] = &[
    super::reduce::PLAIN,
    MethodDef {
        name: "with_traceback",
        conv: Conv::One(|vm, e, tb| {
            set_traceback(vm, e, Some(tb))?;
            Ok(e)
        }),
        doc: "Set the traceback and return the exception.",
    },
    MethodDef {
        name: "__setstate__",
        conv: Conv::One(set_state),
        doc: "Bind the attributes that a dict gives.",
    },
];

fn set_state(vm: &mut Vm, e: Value, state: Value) -> R {
    if state.is_none() {
        return Ok(Value::NONE);
    }
    let Some(d) = state.cast() else {
        return Err(raise!(vm, TypeError, "state is not a dictionary"));
    };
    let mut pos = 0;
    while let Some((k, v)) = crate::types::dict::ops::next_item(vm, d, &mut pos) {
        crate::protocol::attr::set_attr(vm, e, k, v)?;
        vm.poll()?;
    }
    Ok(Value::NONE)
}
fn slot(vm: &Vm, e: Value, f: fn(&ExceptionObj) -> &Slot) -> Option<&Slot> {
    e.get::<ExceptionObj>(vm).map(f)
}
fn read(vm: &mut Vm, e: Value, f: fn(&ExceptionObj) -> &Slot) -> Result<Option<Value>, Raised> {
    Ok(slot(vm, e, f).map(Slot::get_or_none))
}
fn write(vm: &mut Vm, e: Value, f: fn(&ExceptionObj) -> &Slot, v: Option<Value>) {
    if let Some(s) = slot(vm, e, f) {
        s.write(&vm.heap, v.filter(|v| !v.is_none()));
    }
}
fn is_exception(v: Value) -> bool {
    v.is_kind(Kind::Exception)
}

/// Computed attributes of BaseException.
pub const GETTERS: &[Getter] = &[
    field(
        "args",
        |vm, e| read(vm, e, |e| &e.args),
        |vm, e, v| {
            let Some(v) = v else {
                return Err(raise!(vm, TypeError, "args may not be deleted"));
            };
            let t = tuple::from_iterable(vm, v)?;
            write(vm, e, |e| &e.args, Some(t));
            Ok(())
        },
    ),
    field(
        "__cause__",
        |vm, e| read(vm, e, |e| &e.cause),
        |vm, e, v| match v {
            None => Err(raise!(vm, TypeError, "__cause__ may not be deleted")),
            Some(v) if v.is_none() || is_exception(v) => {
                set_cause(vm, e, Some(v));
                Ok(())
            }
            Some(_) => Err(raise!(
                vm,
                TypeError,
                "exception cause must be None or derive from BaseException"
            )),
        },
    ),
    field(
        "__context__",
        |vm, e| read(vm, e, |e| &e.context),
        |vm, e, v| match v {
            None => Err(raise!(vm, TypeError, "__context__ may not be deleted")),
            Some(v) if v.is_none() || is_exception(v) => {
                write(vm, e, |e| &e.context, Some(v));
                Ok(())
            }
            Some(_) => Err(raise!(
                vm,
                TypeError,
                "exception context must be None or derive from BaseException"
            )),
        },
    ),
    field(
        "__traceback__",
        |vm, e| read(vm, e, |e| &e.traceback),
        set_traceback,
    ),
    field(
        "__suppress_context__",
        |vm, e| {
            Ok(e.get::<ExceptionObj>(vm)
                .map(|e| Value::bool(e.suppress_context.get())))
        },
        |vm, e, v| match v.map(Value::as_bool) {
            Some(Some(b)) => {
                if let Some(e) = e.get::<ExceptionObj>(vm) {
                    e.suppress_context.set(b);
                }
                Ok(())
            }
            Some(None) => Err(raise!(vm, TypeError, "attribute value type must be bool")),
            None => Err(raise!(vm, TypeError, "can't delete numeric/char attribute")),
        },
    ),
    field(
        "__dict__",
        |vm, e| dict_of(vm, e).map(Some),
        |vm, e, v| match v {
            Some(d) if d.is_kind(Kind::Dict) => {
                write(vm, e, |e| &e.dict, Some(d));
                Ok(())
            }
            Some(d) => {
                let t = vm.type_name(d);
                Err(raise!(
                    vm,
                    TypeError,
                    "__dict__ must be set to a dictionary, not a '{t}'"
                ))
            }
            None => Err(raise!(vm, TypeError, "cannot delete __dict__")),
        },
    ),
];

/// `raise … from cause`: sets the cause and hides the context.
pub fn set_cause(vm: &mut Vm, e: Value, cause: Option<Value>) {
    write(vm, e, |e| &e.cause, cause);
    if let Some(e) = e.get::<ExceptionObj>(vm) {
        e.suppress_context.set(true);
    }
}
fn set_traceback(vm: &mut Vm, e: Value, v: Option<Value>) -> Result<(), Raised> {
    match v {
        None => Err(raise!(vm, TypeError, "__traceback__ may not be deleted")),
        Some(v) if v.is_none() || v.is_kind(Kind::Traceback) => {
            write(vm, e, |e| &e.traceback, Some(v));
            Ok(())
        }
        Some(_) => Err(raise!(
            vm,
            TypeError,
            "__traceback__ must be a traceback or None"
        )),
    }
}
fn dict_of(vm: &mut Vm, e: Value) -> R {
    crate::types::instance::ops::end_store(vm, e)?;
    if let Some(d) = slot(vm, e, |e| &e.dict).and_then(Slot::get) {
        return Ok(d);
    }
    let d = vm.new_dict()?.value();
    write(vm, e, |e| &e.dict, Some(d));
    Ok(d)
}

fn set_extra(vm: &mut Vm, e: Value, v: Option<Value>) -> Result<(), Raised> {
    write(vm, e, |e| &e.extra, v);
    Ok(())
}
/// Of StopIteration.
pub const STOP_ITERATION: &[Getter] =
    &[field("value", |vm, e| read(vm, e, |e| &e.extra), set_extra)];
/// Of SystemExit.
pub const SYSTEM_EXIT: &[Getter] = &[field("code", |vm, e| read(vm, e, |e| &e.extra), set_extra)];

macro_rules! row {
    ($name:literal) => {
        field(
            $name,
            |vm, e| Ok(Some(ops::field(vm, e, $name).unwrap_or(Value::NONE))),
            |vm, e, v| ops::set_field(vm, e, $name, v.unwrap_or(Value::NONE)),
        )
    };
}
/// A field that is a place in the text: 0 until it is set, and always an int.
macro_rules! position {
    ($name:literal) => {
        field(
            $name,
            |vm, e| {
                let v = ops::field(vm, e, $name).filter(|v| !v.is_none());
                Ok(Some(v.unwrap_or(Value::int_unchecked(0))))
            },
            |vm, e, v| match v {
                Some(v) if int::is_int(v) => {
                    crate::protocol::item::as_ssize(vm, v)?;
                    ops::set_field(vm, e, $name, v)
                }
                Some(_) => Err(raise!(vm, TypeError, "an integer is required")),
                None => Err(raise!(vm, TypeError, "can't delete numeric/char attribute")),
            },
        )
    };
}
macro_rules! named {
    ($($name:literal),*) => { &[$(row!($name)),*] };
}
/// Of ImportError.
pub const IMPORT_ERROR: &[Getter] = named!("msg", "name", "path");
/// Of OSError.
pub const OS_ERROR: &[Getter] = named!("errno", "strerror", "filename", "filename2");
/// Of SyntaxError.
pub const SYNTAX_ERROR: &[Getter] = named!(
    "msg",
    "filename",
    "lineno",
    "offset",
    "text",
    "print_file_and_line"
);
/// Of the three Unicode errors with fields.
pub const UNICODE_ERROR: &[Getter] = &[
    row!("encoding"),
    row!("object"),
    position!("start"),
    position!("end"),
    row!("reason"),
];

/// Of tracebacks.
pub const TRACEBACK_GETTERS: &[Getter] = &[
    field(
        "tb_next",
        |vm, t| Ok(t.get::<TracebackObj>(vm).map(|t| t.next.get_or_none())),
        |vm, t, v| match v {
            Some(n) if n.is_none() || n.is_kind(Kind::Traceback) => {
                let mut at = Some(n);
                while let Some(x) = at.filter(|x| x.is_kind(Kind::Traceback)) {
                    if x == t {
                        return Err(raise!(vm, ValueError, "traceback loop detected"));
                    }
                    at = x.get::<TracebackObj>(vm).and_then(|x| x.next.get());
                }
                if let Some(t) = t.get::<TracebackObj>(vm) {
                    t.next.write(&vm.heap, v.filter(|v| !v.is_none()));
                }
                Ok(())
            }
            Some(n) => {
                let n = vm.type_name(n);
                Err(raise!(
                    vm,
                    TypeError,
                    "expected traceback object, got '{n}'"
                ))
            }
            None => Err(raise!(vm, TypeError, "can't delete tb_next attribute")),
        },
    ),
    Getter::member("tb_frame", |vm, t| {
        crate::interp::frames::of_traceback(vm, t).map(Some)
    }),
    Getter::member("tb_lineno", |vm, t| {
        Ok(t.get::<TracebackObj>(vm)
            .map(|t| Value::int_unchecked(t.line as i64)))
    }),
    Getter::member("tb_lasti", |vm, t| {
        Ok(t.get::<TracebackObj>(vm)
            .map(|t| Value::int_unchecked(t.lasti as i64)))
    }),
];

/// `TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`
pub fn construct_traceback(vm: &mut Vm, _: ClassId, a: Args<'_>) -> R {
    let given = a.len() + a.nkw();
    if given > 4 {
        return Err(raise!(
            vm,
            TypeError,
            "TracebackType() takes at most 4 arguments ({given} given)"
        ));
    }
    let names = ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"];
    let all = args::parse(vm, "TracebackType", a, names, 4, 4)?;
    let [next, frame, lasti, line] = all.map(|v| v.unwrap_or(Value::NONE));
    if !frame.is_kind(Kind::Frame) {
        let t = vm.type_name(frame);
        return Err(raise!(
            vm,
            TypeError,
            "TracebackType() argument 'tb_frame' must be frame, not {t}"
        ));
    }
    let lasti = crate::protocol::item::as_c_int(vm, lasti)?;
    let line = crate::protocol::item::as_c_int(vm, line)?;
    if !next.is_none() && !next.is_kind(Kind::Traceback) {
        let t = vm.type_name(next);
        return Err(raise!(
            vm,
            TypeError,
            "expected traceback object or None, got '{t}'"
        ));
    }
    let code = match frame.get::<FrameObj>(vm) {
        Some(f) => f.code.get_or_none(),
        None => Value::NONE,
    };
    let t = vm.alloc(TracebackObj {
        pending: Slot::new(None),
        depth: std::cell::Cell::new(0),
        level: std::cell::Cell::new(0),
        h: Header::new(Kind::Traceback, ClassId::Traceback as u32),
        next: Slot::new(Some(next).filter(|n| !n.is_none())),
        code: Slot::of(code),
        frame: Slot::of(frame),
        lasti,
        line,
    })?;
    Ok(t.value())
}

/// Calls an exception class.
pub fn construct(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    let import = class.is_subclass(ClassId::ImportError);
    if a.nkw() > 0 && !import {
        return Err(raise!(
            vm,
            TypeError,
            "{}() takes no keyword arguments",
            class.name()
        ));
    }
    let mut class = class;
    if class == ClassId::OSError
        && (2..=5).contains(&a.len())
        && let Some(no) = int::to_i64(vm, a[0]).and_then(|n| i32::try_from(n).ok())
    {
        class = ops::os_error_class(no);
    }
    check_unicode(vm, class, a)?;
    let e = vm.new_exception(class, a.positional())?;
    keywords(vm, e, a)?;
    Ok(e)
}

/// An exception of exactly this builtin class; keywords are left to `__init__`.
///
/// # Errors
/// MemoryError.
pub fn construct_exact(vm: &mut Vm, class: ClassId, a: Args<'_>) -> R {
    vm.new_exception(class, a.positional())
}

/// An instance of a class that a program derived from OSError: its arguments are taken here, or by `__init__`.
///
/// # Errors
/// TypeError for keywords; MemoryError.
pub fn construct_os_error(vm: &mut Vm, class: ClassId, of: Value, a: Args<'_>) -> R {
    if takes_in_init(vm, class, of)? {
        return construct_exact(vm, class, Args::pos(&[]));
    }
    if a.nkw() > 0 {
        let n = crate::types::class::ops::full_name_of(vm, of);
        return Err(raise!(vm, TypeError, "{n}() takes no keyword arguments"));
    }
    construct_exact(vm, class, a)
}
/// Whether OSError's `__init__` takes the arguments, not its `__new__`: where a class has an `__init__` of its own,
/// which says what they are, and no `__new__` (`oserror_use_init`).
fn takes_in_init(vm: &mut Vm, from: ClassId, class: Value) -> Result<bool, Raised> {
    use crate::types::class::make::differs;
    Ok(differs(vm, class, from, Special::Init)? && !differs(vm, class, from, Special::New)?)
}

/// `e.__init__(…)`: the arguments, and the fields that the class takes from them.
///
/// # Errors
/// TypeError for arguments that the class does not take.
pub fn init(vm: &mut Vm, e: Value, class: ClassId, a: Args<'_>) -> Result<(), Raised> {
    if class.is_subclass(ClassId::OSError) {
        let of = crate::types::class::ops::type_of(vm, e)?;
        if !takes_in_init(vm, class, of)? {
            return Ok(());
        }
    }
    let import = class.is_subclass(ClassId::ImportError);
    if a.nkw() > 0 && !import {
        let n = vm.type_name(e);
        return Err(raise!(vm, TypeError, "{n}() takes no keyword arguments"));
    }
    check_unicode(vm, class, a)?;
    let t = vm.new_tuple(a.positional())?;
    let Some(g) = e.cast::<ExceptionObj>() else {
        return Ok(());
    };
    g.get(vm).args.write(&vm.heap, Some(t));
    ops::init_extra(vm, g);
    keywords(vm, e, a)
}
fn keywords(vm: &mut Vm, e: Value, a: Args<'_>) -> Result<(), Raised> {
    for i in 0..a.nkw() {
        let k = args::kwname(vm, a, i);
        let k = args::text(vm, k);
        if k != "name" && k != "path" {
            return Err(raise!(
                vm,
                TypeError,
                "'{k}' is an invalid keyword argument for ImportError()"
            ));
        }
        ops::set_field(vm, e, &k, a.kw_values()[i])?;
    }
    Ok(())
}

/// The Unicode errors look at the number and the types of their arguments.
fn check_unicode(vm: &mut Vm, class: ClassId, a: Args<'_>) -> Result<(), Raised> {
    let n = match class {
        ClassId::UnicodeTranslateError => 4,
        ClassId::UnicodeDecodeError | ClassId::UnicodeEncodeError => 5,
        _ => return Ok(()),
    };
    if a.len() != n {
        return Err(raise!(
            vm,
            TypeError,
            "function takes exactly {n} arguments ({} given)",
            a.len()
        ));
    }
    let int_at = n - 3;
    for (i, &v) in a.positional().iter().enumerate() {
        let want_int = i == int_at || i == int_at + 1;
        if want_int {
            crate::protocol::item::as_ssize(vm, v)?;
        }
        if class == ClassId::UnicodeDecodeError && i == 1 {
            if !v.is_kind(Kind::Bytes) {
                let t = vm.type_name(v);
                return Err(raise!(
                    vm,
                    TypeError,
                    "a bytes-like object is required, not '{t}'"
                ));
            }
            continue;
        }
        if !want_int && !v.is_kind(Kind::Str) {
            let t = vm.type_name(v);
            return Err(raise!(
                vm,
                TypeError,
                "argument {} must be str, not {t}",
                i + 1
            ));
        }
    }
    Ok(())
}

/// `str(e)` of the classes that have fields; of any other, that of `args`.
pub fn str(vm: &mut Vm, e: Value) -> R {
    let class = vm.class_of(e);
    if class.is_subclass(ClassId::OSError)
        && let Some(t) = os_str(vm, e)?
    {
        return Ok(t);
    }
    if class.is_subclass(ClassId::ImportError)
        && let Some(m) = ops::field(vm, e, "msg").filter(|m| m.is_kind(Kind::Str))
    {
        return Ok(m);
    }
    if class.is_subclass(ClassId::SyntaxError) {
        return syntax_str(vm, e);
    }
    if class.is_subclass(ClassId::UnicodeError)
        && let Some(t) = unicode_str(vm, e, class)?
    {
        return vm.new_str(&t);
    }
    let Some(g) = e.cast::<ExceptionObj>() else {
        return vm.new_str("");
    };
    match ops::nargs(vm, g.get(vm)) {
        0 => vm.new_str(""),
        1 => {
            let first = ops::arg(vm, g.get(vm), 0);
            repr::str(vm, first.unwrap_or(Value::NONE))
        }
        _ => {
            let all = g.get(vm).args.get_or_none();
            repr::str(vm, all)
        }
    }
}

fn shown(vm: &mut Vm, v: Value) -> Result<Gc<StrObj>, Raised> {
    let s = repr::repr(vm, v)?;
    as_str(vm, s)
}
fn as_str(vm: &mut Vm, s: Value) -> Result<Gc<StrObj>, Raised> {
    match s.cast() {
        Some(s) => Ok(s),
        None => Err(raise!(vm, SystemError, "repr gave no str")),
    }
}

fn os_str(vm: &mut Vm, e: Value) -> Result<Option<Value>, Raised> {
    let (Some(no), Some(text)) = (ops::field(vm, e, "errno"), ops::field(vm, e, "strerror")) else {
        return Ok(None);
    };
    let mut out = b"[Errno ".to_vec();
    for (v, after) in [(no, "] "), (text, "")] {
        let s = repr::str(vm, v)?;
        let s = as_str(vm, s)?;
        out.extend_from_slice(s.get(vm).as_bytes());
        out.extend_from_slice(after.as_bytes());
    }
    for (name, before) in [("filename", ": "), ("filename2", " -> ")] {
        let Some(f) = ops::field(vm, e, name).filter(|f| !f.is_none()) else {
            break;
        };
        let f = shown(vm, f)?;
        out.extend_from_slice(before.as_bytes());
        out.extend_from_slice(f.get(vm).as_bytes());
    }
    vm.new_str_wtf8(&out).map(Some)
}

fn syntax_str(vm: &mut Vm, e: Value) -> R {
    let msg = ops::field(vm, e, "msg").unwrap_or(Value::NONE);
    let msg = repr::str(vm, msg)?;
    let file = ops::field(vm, e, "filename").filter(|f| f.is_kind(Kind::Str));
    let line = ops::field(vm, e, "lineno").and_then(|l| int::to_i64(vm, l));
    let m = args::text(vm, msg);
    let file = file.map(|f| {
        let f = args::text(vm, f);
        f.rsplit('/').next().unwrap_or_default().to_owned()
    });
    match (file, line) {
        (Some(f), Some(l)) => vm.new_str(&format!("{m} ({f}, line {l})")),
        (Some(f), None) => vm.new_str(&format!("{m} ({f})")),
        (None, Some(l)) => vm.new_str(&format!("{m} (line {l})")),
        (None, None) => Ok(msg),
    }
}

fn unicode_str(vm: &mut Vm, e: Value, class: ClassId) -> Result<Option<String>, Raised> {
    let Some(object) = ops::field(vm, e, "object").filter(|o| !o.is_none()) else {
        // `__init__` has not run.
        return Ok(Some(String::new()));
    };
    let number = |n: &str| int::to_i64(vm, ops::field(vm, e, n)?);
    let (Some(start), Some(end)) = (number("start"), number("end")) else {
        return Ok(None);
    };
    let text = |vm: &mut Vm, n: &str| -> Result<String, Raised> {
        let v = ops::field(vm, e, n).unwrap_or(Value::NONE);
        let s = repr::str(vm, v)?;
        Ok(args::text(vm, s))
    };
    let reason = text(vm, "reason")?;
    let (verb, what) = match class {
        ClassId::UnicodeTranslateError => ("can't translate".to_owned(), "character"),
        ClassId::UnicodeDecodeError => {
            let codec = text(vm, "encoding")?;
            (format!("'{codec}' codec can't decode"), "byte")
        }
        _ => {
            let codec = text(vm, "encoding")?;
            (format!("'{codec}' codec can't encode"), "character")
        }
    };
    let at = usize::try_from(start)
        .ok()
        .filter(|_| end.checked_sub(1) == Some(start));
    let one = at.and_then(|at| match object.get::<StrObj>(vm) {
        Some(o) => {
            let c = crate::code::wtf8::code_points(o.as_bytes()).nth(at)?;
            Some(match c {
                0..=0xFF => format!("'\\x{c:02x}'"),
                0x100..=0xFFFF => format!("'\\u{c:04x}'"),
                _ => format!("'\\U{c:08x}'"),
            })
        }
        None => {
            let b = crate::types::bytes::ops::get(vm, object)?
                .get(at)
                .copied()?;
            Some(format!("0x{b:02x}"))
        }
    });
    Ok(Some(match one {
        Some(one) => format!("{verb} {what} {one} in position {start}: {reason}"),
        None => {
            let last = end.wrapping_sub(1);
            format!("{verb} {what}s in position {start}-{last}: {reason}")
        }
    }))
}
