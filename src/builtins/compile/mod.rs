//! `compile`, `exec` and `eval`.
//!
//! * `source`: what may be compiled: text, or bytes with their encoding.
//! * `errors`: a source that is no text.

pub mod errors;
pub mod source;

use crate::code::object::flags;
use crate::compile::{self, Mode};
use crate::interp::{self, frames};
use crate::object::method::R;
use crate::object::{Args, Gc, Kind, Value};
use crate::protocol::item;
use crate::protocol::special::{self, Special};
use crate::raise;
use crate::types::args;
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::dict::value::DictObj;
use crate::types::str::ops as strings;
use crate::vm::{Raised, Vm};
use source::Source;

/// `compile()`'s flag for a syntax tree instead of code.
const ONLY_AST: u32 = 0x400;
/// Every flag that `compile()` knows: the features of `__future__`, and those of `ast`.
const KNOWN_FLAGS: u32 = flags::FUTURE | 0x10 | 0x200 | ONLY_AST | 0x1000 | 0x2000;

/// `compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)`
pub fn compile(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let names = [
        "source",
        "filename",
        "mode",
        "flags",
        "dont_inherit",
        "optimize",
        "_feature_version",
    ];
    let [src, filename, mode, flag, inherit, optimize, version] =
        args::parse(vm, "compile", a, names, 3, 6)?;
    let or_none = |v: Option<Value>| v.unwrap_or(Value::NONE);
    let filename = file_name(vm, or_none(filename))?;
    let mode = or_none(mode);
    if !mode.is_kind(Kind::Str) {
        let t = args::kind_name(vm, mode);
        return Err(raise!(
            vm,
            TypeError,
            "compile() argument 'mode' must be str, not {t}"
        ));
    }
    let number = |vm: &mut Vm, v: Option<Value>, default: i32| match v {
        Some(v) => item::as_c_int(vm, v),
        None => Ok(default),
    };
    let flag = number(vm, flag, 0)? as u32;
    let alone = match inherit {
        Some(v) => item::as_c_int(vm, v)? != 0,
        None => false,
    };
    let optimize = number(vm, optimize, -1)?;
    number(vm, version, -1)?;
    if flag & !KNOWN_FLAGS != 0 {
        return Err(raise!(vm, ValueError, "compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(raise!(vm, ValueError, "compile(): invalid optimize value"));
    }
    let ast = flag & ONLY_AST != 0;
    let text = args::text(vm, mode);
    let mode = match text.as_str() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        "func_type" if ast => Mode::Exec,
        "func_type" => {
            return Err(raise!(
                vm,
                ValueError,
                "compile() mode 'func_type' requires flag PyCF_ONLY_AST"
            ));
        }
        _ => {
            let modes = if ast {
                "'exec', 'eval', 'single' or 'func_type'"
            } else {
                "'exec', 'eval' or 'single'"
            };
            return Err(raise!(vm, ValueError, "compile() mode must be {modes}"));
        }
    };
    if ast {
        return Err(raise!(
            vm,
            NotImplementedError,
            "taipan does not support syntax trees (PyCF_ONLY_AST) yet"
        ));
    }
    let src = Source::of(vm, or_none(src), "compile", "string, bytes or AST")?;
    let future = if alone { 0 } else { inherited(vm)? };
    let options = compile::Options {
        optimize: match optimize {
            -1 => vm.config.flags.optimize,
            o => o as u8,
        },
        future: flag & flags::FUTURE | future,
        ..Default::default()
    };
    let code = source::compile(vm, src.into_text(), &filename, mode, options)?;
    Ok(code_ops::new(vm, code)?.value())
}

/// A file's name: a str, or bytes in the file system's encoding.
fn file_name(vm: &mut Vm, v: Value) -> Result<String, Raised> {
    let name = match (strings::bytes(vm, v), source::bytes_of(vm, v)) {
        (Some(s), _) | (None, Some(s)) => String::from_utf8_lossy(s).into_owned(),
        (None, None) => {
            let t = vm.type_name(v);
            return Err(raise!(
                vm,
                TypeError,
                "expected str, bytes or os.PathLike object, not {t}"
            ));
        }
    };
    if name.contains('\0') {
        let what = if v.is_kind(Kind::Str) {
            "character"
        } else {
            "byte"
        };
        return Err(raise!(vm, ValueError, "embedded null {what}"));
    }
    Ok(name)
}

/// The features of `__future__` that the calling code was compiled with.
fn inherited(vm: &mut Vm) -> Result<u32, Raised> {
    // A caller that runs natively is not on the stack yet.
    frames::settle(vm)?;
    let caller = vm.stack.top_frame();
    Ok(caller.map_or(0, |f| f.exec().code.flags & flags::FUTURE))
}

/// The namespaces that code runs in, given or those of the caller.
struct Namespaces {
    globals: Gc<DictObj>,
    locals: Value,
}

/// Whether CPython takes it for a mapping: it can be subscripted.
fn is_mapping(vm: &mut Vm, v: Value) -> Result<bool, Raised> {
    if v.is_user() {
        return Ok(special::find(vm, v, Special::GetItem)?.is_some());
    }
    Ok(v.is_kind(Kind::Dict)
        || v.is_kind(Kind::List)
        || v.is_kind(Kind::Tuple)
        || v.is_kind(Kind::Str)
        || v.is_kind(Kind::Range)
        || v.is_kind(Kind::Memory)
        || v.is_kind(Kind::MappingProxy)
        || source::is_bytes(v))
}

fn namespaces(
    vm: &mut Vm,
    fname: &str,
    globals: Value,
    locals: Value,
) -> Result<Namespaces, Raised> {
    let exec = fname == "exec";
    // The two functions look at their arguments in different orders.
    if !exec && !locals.is_none() && !is_mapping(vm, locals)? {
        return Err(raise!(vm, TypeError, "locals must be a mapping"));
    }
    if !globals.is_none() && !globals.is_kind(Kind::Dict) {
        let t = vm.type_name(globals);
        return Err(match (exec, is_mapping(vm, globals)?) {
            (true, _) => raise!(vm, TypeError, "exec() globals must be a dict, not {t}"),
            (false, true) => raise!(
                vm,
                TypeError,
                "globals must be a real dict; try eval(expr, {{}}, mapping)"
            ),
            (false, false) => raise!(vm, TypeError, "globals must be a dict"),
        });
    }
    if exec && !locals.is_none() && !is_mapping(vm, locals)? {
        let t = vm.type_name(locals);
        return Err(raise!(
            vm,
            TypeError,
            "locals must be a mapping or None, not {t}"
        ));
    }
    let own = globals.is_none();
    let globals = match globals.cast::<DictObj>() {
        Some(g) => g,
        None => {
            let g = frames::caller_globals(vm)?;
            match g.cast() {
                Some(g) => g,
                None => return Err(raise!(vm, SystemError, "globals are not a dict")),
            }
        }
    };
    let locals = match (locals.is_none(), own) {
        (false, _) => locals,
        (true, true) => frames::caller_locals(vm)?,
        (true, false) => globals.value(),
    };
    interp::ops::global::give_builtins(vm, globals)?;
    Ok(Namespaces { globals, locals })
}

fn no_free_variables(vm: &mut Vm, code: Gc<CodeObj>, fname: &str) -> Result<(), Raised> {
    if code
        .get(vm)
        .code
        .as_ref()
        .is_some_and(|c| !c.freevars.is_empty())
    {
        return Err(raise!(
            vm,
            TypeError,
            "code object passed to {fname}() may not contain free variables"
        ));
    }
    Ok(())
}

/// The code of the first argument: as it is, or compiled.
fn code_of(vm: &mut Vm, v: Value, fname: &str, mode: Mode) -> Result<Gc<CodeObj>, Raised> {
    if let Some(c) = v.cast::<CodeObj>() {
        no_free_variables(vm, c, fname)?;
        return Ok(c);
    }
    let mut src = Source::of(vm, v, fname, "string, bytes or code")?;
    if mode == Mode::Eval {
        src.trim_start();
    }
    let options = compile::Options {
        future: inherited(vm)?,
        optimize: vm.config.flags.optimize,
        ..Default::default()
    };
    let code = source::compile(vm, src.into_text(), "<string>", mode, options)?;
    code_ops::new(vm, code)
}

/// `exec(source, globals=None, locals=None, /)`
pub fn exec(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let or_none = |v: Option<Value>| v.unwrap_or(Value::NONE);
    let ns = namespaces(vm, "exec", or_none(a.get(1)), or_none(a.get(2)))?;
    let code = code_of(vm, a[0], "exec", Mode::Exec)?;
    interp::run_code(vm, code, ns.globals, ns.locals)?;
    Ok(Value::NONE)
}

/// `eval(source, globals=None, locals=None, /)`
pub fn eval(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let or_none = |v: Option<Value>| v.unwrap_or(Value::NONE);
    let ns = namespaces(vm, "eval", or_none(a.get(1)), or_none(a.get(2)))?;
    let code = code_of(vm, a[0], "eval", Mode::Eval)?;
    interp::run_code(vm, code, ns.globals, ns.locals)
}
