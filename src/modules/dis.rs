//! `dis`: what code objects hold, in CPython 3.8's words. The listing itself is made by `code/dis`, which
//! the command line uses, too; here constants are shown as the objects they are in this engine.

use super::opcode;
use crate::builtins::compile::source::{self, Source};
use crate::builtins::printing;
use crate::code::dis::{self, Meaning, Row, Widths};
use crate::code::object::{CodeObject, Version, flags};
use crate::code::opcode::HAVE_ARGUMENT;
use crate::compile::{Mode, Options};
use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, Gc, Header, Kind, MethodDef, Slot, Value};
use crate::protocol::{iter, repr};
use crate::raise;
use crate::types::builtin::value::BoundMethodObj;
use crate::types::code::ops as code_ops;
use crate::types::code::value::CodeObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::value::TracebackObj;
use crate::types::function::value::FunctionObj;
use crate::types::int::ops as int;
use crate::types::list::{ops as list, sort};
use crate::types::str::ops as strings;
use crate::types::tuple::value::TupleObj;
use crate::types::{args, bytes, module};
use crate::vm::{Raised, Vm};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        name: "dis",
        conv: Conv::Kw(dis_),
        doc: "Disassemble a function, method, code, module, source or code string.",
    },
    MethodDef {
        name: "disassemble",
        conv: Conv::Kw(disassemble),
        doc: "Disassemble a code object.",
    },
    MethodDef {
        name: "disco",
        conv: Conv::Kw(disassemble),
        doc: "Disassemble a code object.",
    },
    MethodDef {
        name: "distb",
        conv: Conv::Kw(distb),
        doc: "Disassemble the code of a traceback, the last one by default.",
    },
    MethodDef {
        name: "code_info",
        conv: Conv::Kw(code_info),
        doc: "Return what is known of a code object, as text.",
    },
    MethodDef {
        name: "show_code",
        conv: Conv::Kw(show_code),
        doc: "Print what is known of a code object.",
    },
    MethodDef {
        name: "get_instructions",
        conv: Conv::Kw(get_instructions),
        doc: "Iterate over the instructions of a function, method, code or source.",
    },
    MethodDef {
        name: "findlinestarts",
        conv: Conv::Kw(find_line_starts),
        doc: "Iterate over the offsets at which lines start, with the lines.",
    },
    MethodDef {
        name: "findlabels",
        conv: Conv::Kw(find_labels),
        doc: "Return the offsets that a code string jumps to.",
    },
    MethodDef {
        name: "pretty_flags",
        conv: Conv::Kw(pretty_flags),
        doc: "Return the names of a code object's flags.",
    },
    MethodDef {
        name: "__getattr__",
        conv: Conv::One(|vm, _, name| super::later(vm, "dis", "_bytecode", &["Bytecode"], name)),
        doc: "What few programs need.",
    },
    MethodDef {
        name: "stack_effect",
        conv: Conv::Kw(opcode::stack_effect),
        doc: "Compute the stack effect of the opcode.",
    },
];

/// The names of `co_flags`' bits.
const FLAG_NAMES: [(u32, &str); 10] = [
    (flags::OPTIMIZED, "OPTIMIZED"),
    (flags::NEWLOCALS, "NEWLOCALS"),
    (flags::VARARGS, "VARARGS"),
    (flags::VARKEYWORDS, "VARKEYWORDS"),
    (flags::NESTED, "NESTED"),
    (flags::GENERATOR, "GENERATOR"),
    (flags::NOFREE, "NOFREE"),
    (flags::COROUTINE, "COROUTINE"),
    (flags::ITERABLE_COROUTINE, "ITERABLE_COROUTINE"),
    (flags::ASYNC_GENERATOR, "ASYNC_GENERATOR"),
];

/// Binds the tables.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    opcode::tables(vm, d)?;
    let names = vm.new_dict()?;
    for (bit, name) in FLAG_NAMES {
        let s = vm.new_str(name)?;
        dict::set(vm, names, Value::int_unchecked(bit as i64), s)?;
    }
    dict::set_name(vm, d, "COMPILER_FLAG_NAMES", names.value())?;
    let class = vm.class_object(ClassId::Instruction)?;
    dict::set_name(vm, d, "Instruction", class)
}

/// Text under way, as WTF-8.
type Text = Vec<u8>;

fn push(out: &mut Text, s: &str) {
    out.extend_from_slice(s.as_bytes());
}

/// Prints text to a file, or to `sys.stdout`.
fn print(vm: &mut Vm, text: &[u8], file: Option<Value>) -> Result<(), Raised> {
    if text.is_empty() {
        return Ok(());
    }
    let text = vm.new_str_wtf8(text)?;
    let (end, to) = (vm.intern("end")?, vm.intern("file")?);
    let names = vm.new_tuple(&[end, to])?;
    let nothing = vm.new_str("")?;
    let all = [text, nothing, file.unwrap_or(Value::NONE)];
    printing::print(vm, Value::NONE, Args::with_kw(&all, names, 2))?;
    Ok(())
}

fn unknown(vm: &mut Vm, x: Value) -> Raised {
    let t = vm.type_name(x);
    raise!(vm, TypeError, "don't know how to disassemble {t} objects")
}

/// The function of a method, the code of a function.
fn unwrap(vm: &Vm, mut x: Value) -> Value {
    if let Some(m) = x.get::<BoundMethodObj>(vm) {
        x = m.func.get_or_none();
    }
    match x.get::<FunctionObj>(vm) {
        Some(f) => code_ops::original(vm, f.code.get_or_none()),
        None => x,
    }
}

/// The code of a source: an expression, or else statements.
fn compile(vm: &mut Vm, text: Value, filename: &str) -> Result<Gc<CodeObj>, Raised> {
    let s = Source::of(vm, text, "compile", "string, bytes or AST")?;
    let options = Options::default();
    let code = match source::compile(vm, s.text(), filename, Mode::Eval, options) {
        Ok(c) => c,
        Err(r) => {
            vm.catch(r, ClassId::SyntaxError)?;
            source::compile(vm, s.into_text(), filename, Mode::Exec, options)?
        }
    };
    code_ops::new(vm, code)
}

/// The code object that `code_info` and `get_instructions` speak of.
fn code_of(vm: &mut Vm, x: Value) -> Result<Gc<CodeObj>, Raised> {
    let x = unwrap(vm, x);
    if x.is_kind(Kind::Str) {
        return compile(vm, x, "<disassembly>");
    }
    match x.cast() {
        Some(c) => Ok(c),
        None => Err(unknown(vm, x)),
    }
}

fn shared(vm: &mut Vm, c: Gc<CodeObj>) -> Result<Arc<CodeObject>, Raised> {
    match c.get(vm).code.clone() {
        Some(c) => Ok(c),
        None => Err(raise!(vm, SystemError, "code object without code")),
    }
}

/// `dis(x=None, *, file=None, depth=None)`
fn dis_(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x, file, depth] = args::parse(vm, "dis", a, ["x", "file", "depth"], 0, 1)?;
    let depth = match depth.filter(|d| !d.is_none()) {
        Some(d) => Some(crate::protocol::item::as_ssize(vm, d)?),
        None => None,
    };
    let file = file.filter(|f| !f.is_none());
    match x.filter(|x| !x.is_none()) {
        Some(x) => one(vm, x, file, depth)?,
        None => last_traceback(vm, file)?,
    }
    Ok(Value::NONE)
}

fn one(vm: &mut Vm, x: Value, file: Option<Value>, depth: Option<i64>) -> Result<(), Raised> {
    let x = unwrap(vm, x);
    if let Some(d) = module::dict_of(vm, x) {
        return of_module(vm, d, file, depth);
    }
    if x.is_kind(Kind::Class) {
        // The builtin ones hold nothing that has code.
        return Ok(());
    }
    if let Some(c) = x.cast::<CodeObj>() {
        return recursive(vm, c, file, depth);
    }
    if x.is_kind(Kind::Bytes) {
        return raw(vm, x, file);
    }
    if x.is_kind(Kind::Str) {
        let c = compile(vm, x, "<dis>")?;
        return recursive(vm, c, file, depth);
    }
    Err(unknown(vm, x))
}

/// Whatever in a module has code, by name.
fn of_module(
    vm: &mut Vm,
    d: Gc<DictObj>,
    file: Option<Value>,
    depth: Option<i64>,
) -> Result<(), Raised> {
    let names = list::from_iterable(vm, d.value())?;
    sort::sort(vm, names, None, false)?;
    let mut i = 0;
    while let Some(name) = list::item(vm, names, i) {
        i += 1;
        let Some(x) = dict::get(vm, d, name)? else {
            continue;
        };
        let has_code = matches!(
            x.kind(),
            Some(Kind::Function | Kind::BoundMethod | Kind::Code | Kind::Class)
        );
        if !has_code {
            continue;
        }
        let mut head = b"Disassembly of ".to_vec();
        repr::str_into(vm, name, &mut head)?;
        push(&mut head, ":\n");
        print(vm, &head, file)?;
        if let Err(r) = one(vm, x, file, depth) {
            let e = vm.catch(r, ClassId::TypeError)?;
            let mut text = b"Sorry: ".to_vec();
            repr::str_into(vm, e, &mut text)?;
            push(&mut text, "\n");
            print(vm, &text, file)?;
        }
        print(vm, b"\n", file)?;
    }
    Ok(())
}

fn last_traceback(vm: &mut Vm, file: Option<Value>) -> Result<(), Raised> {
    match super::sys_attribute(vm, "last_traceback")? {
        Some(tb) => innermost(vm, tb, file),
        None => Err(raise!(vm, RuntimeError, "no last traceback to disassemble")),
    }
}

/// `distb(tb=None, *, file=None)`
fn distb(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [tb, file] = args::parse(vm, "distb", a, ["tb", "file"], 0, 1)?;
    let file = file.filter(|f| !f.is_none());
    match tb.filter(|t| !t.is_none()) {
        Some(tb) => line_of(vm, tb, file)?,
        None => last_traceback(vm, file)?,
    }
    Ok(Value::NONE)
}

/// Where an exception was raised: the last line of its traceback.
fn innermost(vm: &mut Vm, mut tb: Value, file: Option<Value>) -> Result<(), Raised> {
    while let Some(next) = tb.get::<TracebackObj>(vm).and_then(|t| t.next.get()) {
        tb = next;
    }
    line_of(vm, tb, file)
}

/// The code of one line of a traceback.
fn line_of(vm: &mut Vm, tb: Value, file: Option<Value>) -> Result<(), Raised> {
    let Some((code, at)) = tb
        .get::<TracebackObj>(vm)
        .map(|t| (t.code.get_or_none(), t.lasti))
    else {
        let t = vm.type_name(tb);
        return Err(raise!(
            vm,
            AttributeError,
            "'{t}' object has no attribute 'tb_next'"
        ));
    };
    match code_ops::original(vm, code).cast() {
        Some(c) => listing(vm, c, at as i64, file),
        None => Ok(()),
    }
}

/// `disassemble(co, lasti=-1, *, file=None)`
fn disassemble(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [co, lasti, file] = args::parse(vm, "disassemble", a, ["co", "lasti", "file"], 1, 2)?;
    let co = co.unwrap_or(Value::NONE);
    let Some(c) = co.cast::<CodeObj>() else {
        let t = vm.type_name(co);
        return Err(raise!(
            vm,
            AttributeError,
            "'{t}' object has no attribute 'co_code'"
        ));
    };
    let lasti = lasti.and_then(|l| int::to_i64(vm, l)).unwrap_or(-1);
    listing(vm, c, lasti, file.filter(|f| !f.is_none()))?;
    Ok(Value::NONE)
}

/// A code object, then those in its constants, down to a depth.
fn recursive(
    vm: &mut Vm,
    c: Gc<CodeObj>,
    file: Option<Value>,
    depth: Option<i64>,
) -> Result<(), Raised> {
    listing(vm, c, -1, file)?;
    if depth.is_some_and(|d| d <= 0) {
        return Ok(());
    }
    let consts = code_ops::consts(vm, c)?;
    let mut i = 0;
    while let Some(k) = consts.get(vm).get(i) {
        i += 1;
        let Some(inner) = k.cast::<CodeObj>() else {
            continue;
        };
        let mut head = b"\nDisassembly of ".to_vec();
        repr::repr_into(vm, k, &mut head)?;
        push(&mut head, ":\n");
        print(vm, &head, file)?;
        crate::protocol::nested(vm, " in comparison", |vm| {
            recursive(vm, inner, file, depth.map(|d| d - 1))
        })?;
    }
    Ok(())
}

/// The operand of an instruction has no such constant or name.
fn no_item(vm: &mut Vm) -> Raised {
    raise!(vm, IndexError, "tuple index out of range")
}

/// What the operand of an instruction stands for: the value, and how it is shown. Without a code
/// object the numbers stand for themselves.
fn operand(vm: &mut Vm, code: Option<Gc<CodeObj>>, row: &Row) -> Result<(Value, Text), Raised> {
    let Some(arg) = row.arg else {
        return Ok((Value::NONE, Vec::new()));
    };
    let number = vm.new_int(arg as i64)?;
    let m = dis::meaning(row.version, row.op, row.offset, arg);
    let place = |vm: &mut Vm, c: Gc<CodeObj>| -> Result<Option<Value>, Raised> {
        let f = code_ops::fields(vm, c)?;
        let o = c.get(vm);
        let nth = |t: Option<Value>, i: usize| t.and_then(|t| t.get::<TupleObj>(vm)?.get(i));
        Ok(match m {
            Meaning::Const(i) => nth(o.consts.get(), i),
            Meaning::Name(i) => nth(o.names.get(), i),
            Meaning::Local(i) => nth(o.varnames.get(), i),
            Meaning::Free(i) => {
                let cells = f.get(vm).get(code_ops::CELLVARS);
                let n = cells
                    .and_then(|c| c.get::<TupleObj>(vm))
                    .map_or(0, |t| t.len);
                match i.checked_sub(n) {
                    None => nth(cells, i),
                    Some(i) => nth(f.get(vm).get(code_ops::FREEVARS), i),
                }
            }
            _ => None,
        })
    };
    let mut shown = Vec::new();
    match (&m, code) {
        (Meaning::Const(_) | Meaning::Name(_) | Meaning::Local(_) | Meaning::Free(_), None) => {
            push(&mut shown, &arg.to_string());
            Ok((number, shown))
        }
        (Meaning::Const(_), Some(c)) => match place(vm, c)? {
            Some(v) => {
                repr::repr_into(vm, v, &mut shown)?;
                Ok((v, shown))
            }
            None => Err(no_item(vm)),
        },
        (Meaning::Name(_) | Meaning::Local(_) | Meaning::Free(_), Some(c)) => match place(vm, c)? {
            Some(v) => {
                shown.extend_from_slice(strings::bytes(vm, v).unwrap_or_default());
                Ok((v, shown))
            }
            None => Err(no_item(vm)),
        },
        (Meaning::Jump { to, shown: visible }, _) => {
            if *visible {
                push(&mut shown, &format!("to {to}"));
            }
            Ok((vm.new_int(*to as i64)?, shown))
        }
        (Meaning::Text(t), _) => {
            push(&mut shown, t);
            let v = match row.op {
                op if op == crate::code::opcode::Opcode::COMPARE_OP as u8 => vm.new_str(t)?,
                _ => number,
            };
            Ok((v, shown))
        }
        (Meaning::Format(arg), _) => {
            push(&mut shown, &dis::format_text(*arg));
            let name = ["", "str", "repr", "ascii"][*arg as usize & 3];
            let b = vm.builtins.get().and_then(Value::cast);
            let f = match b {
                Some(b) if !name.is_empty() => dict::get_name(vm, b, name)?,
                _ => None,
            };
            let with = Value::bool(arg & 4 != 0);
            Ok((vm.new_tuple(&[f.unwrap_or(Value::NONE), with])?, shown))
        }
        (Meaning::Number, _) => Ok((number, shown)),
    }
}

/// The instructions of a code string; IndexError where it ends before an operand.
fn rows(
    vm: &mut Vm,
    code: &[u8],
    version: Version,
    starts: &HashMap<usize, i64>,
) -> Result<Vec<Row>, Raised> {
    vm.ensure_room(code.len() / 2 * size_of::<Row>())?;
    if code.len() % 2 == 1 && code.last().is_some_and(|&op| op >= HAVE_ARGUMENT) {
        return Err(raise!(vm, IndexError, "index out of range"));
    }
    Ok(dis::rows(code, version, starts))
}

/// Prints the listing of one code object.
fn listing(vm: &mut Vm, c: Gc<CodeObj>, lasti: i64, file: Option<Value>) -> Result<(), Raised> {
    let co = shared(vm, c)?;
    let starts = dis::line_starts(&co);
    let w = Widths::of(co.code.len(), starts.values().copied().max().or(Some(0)));
    write_rows(vm, &co.code, Some(c), &starts, w, lasti, file)
}

/// Prints a bare code string.
fn raw(vm: &mut Vm, b: Value, file: Option<Value>) -> Result<(), Raised> {
    let code = bytes::ops::get(vm, b).unwrap_or_default().to_vec();
    let w = Widths::of(code.len(), None);
    write_rows(vm, &code, None, &HashMap::new(), w, -1, file)
}

fn write_rows(
    vm: &mut Vm,
    code: &[u8],
    of: Option<Gc<CodeObj>>,
    starts: &HashMap<usize, i64>,
    w: Widths,
    lasti: i64,
    file: Option<Value>,
) -> Result<(), Raised> {
    let mut out = Vec::new();
    let version = of
        .and_then(|c| c.get(vm).code.as_ref().map(|c| c.version))
        .unwrap_or_default();
    for row in rows(vm, code, version, starts)? {
        vm.poll()?;
        let shown = match operand(vm, of, &row) {
            Ok((_, t)) => t,
            Err(r) => {
                // What was listed so far is printed, as CPython has done by then.
                let e = vm.catch(r, ClassId::Exception)?;
                print(vm, &out, file)?;
                return Err(vm.reraise(e));
            }
        };
        if row.line.is_some() && row.offset > 0 {
            push(&mut out, "\n");
        }
        let current = lasti == row.offset as i64;
        // The text may hold lone surrogates: it goes in as it is.
        let line = dis::format_row(&row, if shown.is_empty() { "" } else { "\0" }, w, current);
        match line.split_once('\0') {
            Some((before, after)) => {
                push(&mut out, before);
                out.extend_from_slice(&shown);
                push(&mut out, after);
            }
            None => push(&mut out, &line),
        }
        push(&mut out, "\n");
        if out.len() > 1 << 16 {
            print(vm, &out, file)?;
            out.clear();
        }
    }
    print(vm, &out, file)
}

/// `code_info(x)`
fn code_info(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x] = args::parse(vm, "code_info", a, ["x"], 1, 1)?;
    let text = info(vm, x.unwrap_or(Value::NONE))?;
    vm.new_str_wtf8(&text)
}

/// `show_code(co, *, file=None)`
fn show_code(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x, file] = args::parse(vm, "show_code", a, ["co", "file"], 1, 1)?;
    let mut text = info(vm, x.unwrap_or(Value::NONE))?;
    push(&mut text, "\n");
    print(vm, &text, file.filter(|f| !f.is_none()))?;
    Ok(Value::NONE)
}

fn info(vm: &mut Vm, x: Value) -> Result<Text, Raised> {
    let c = code_of(vm, x)?;
    let co = shared(vm, c)?;
    let mut out = Vec::new();
    push(&mut out, "Name:              ");
    out.extend_from_slice(co.name.as_bytes());
    push(&mut out, &format!("\nFilename:          {}", co.filename));
    push(&mut out, &format!("\nArgument count:    {}", co.argcount));
    let posonly = co.posonlyargcount;
    push(&mut out, &format!("\nPositional-only arguments: {posonly}"));
    push(
        &mut out,
        &format!("\nKw-only arguments: {}", co.kwonlyargcount),
    );
    push(&mut out, &format!("\nNumber of locals:  {}", co.nlocals));
    push(&mut out, &format!("\nStack size:        {}", co.stacksize));
    push(
        &mut out,
        &format!("\nFlags:             {}", flag_text(co.flags as i64)),
    );
    let consts = code_ops::consts(vm, c)?;
    if consts.get(vm).len > 0 {
        push(&mut out, "\nConstants:");
    }
    let mut i = 0;
    while let Some(k) = consts.get(vm).get(i) {
        vm.poll()?;
        push(&mut out, &format!("\n{i:>4}: "));
        repr::repr_into(vm, k, &mut out)?;
        i += 1;
    }
    for (title, names) in [
        ("Names", &co.names),
        ("Variable names", &co.varnames),
        ("Free variables", &co.freevars),
        ("Cell variables", &co.cellvars),
    ] {
        if !names.is_empty() {
            push(&mut out, &format!("\n{title}:"));
        }
        for (i, n) in names.iter().enumerate() {
            push(&mut out, &format!("\n{i:>4}: "));
            out.extend_from_slice(n.as_bytes());
        }
    }
    Ok(out)
}

/// `pretty_flags(flags)`
fn pretty_flags(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [f] = args::parse(vm, "pretty_flags", a, ["flags"], 1, 1)?;
    let f = crate::protocol::item::as_ssize(vm, f.unwrap_or(Value::NONE))?;
    vm.new_str(&flag_text(f))
}

fn flag_text(mut left: i64) -> String {
    let mut names = Vec::new();
    for bit in (0..32).map(|i| 1i64 << i) {
        if left & bit != 0 {
            let name = FLAG_NAMES.iter().find(|f| f.0 as i64 == bit);
            names.push(name.map_or_else(|| format!("{bit:#x}"), |n| n.1.to_owned()));
            left ^= bit;
            if left == 0 {
                return names.join(", ");
            }
        }
    }
    names.push(match left < 0 {
        true => format!("-{:#x}", left.unsigned_abs()),
        false => format!("{left:#x}"),
    });
    names.join(", ")
}

/// `get_instructions(x, *, first_line=None)`
fn get_instructions(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let names = ["x", "first_line"];
    let [x, first] = args::parse(vm, "get_instructions", a, names, 1, 1)?;
    let c = code_of(vm, x.unwrap_or(Value::NONE))?;
    let co = shared(vm, c)?;
    let shift = match first.filter(|f| !f.is_none()) {
        Some(f) => crate::protocol::item::as_ssize(vm, f)?.wrapping_sub(co.firstlineno as i64),
        None => 0,
    };
    let out = vm.new_list(&[])?;
    for row in rows(vm, &co.code, co.version, &dis::line_starts(&co))? {
        vm.poll()?;
        let (value, shown) = operand(vm, Some(c), &row)?;
        let name = vm.new_str(&dis::opname(row.version, row.op))?;
        let shown = vm.new_str_wtf8(&shown)?;
        let arg = match row.arg {
            Some(a) => vm.new_int(a as i64)?,
            None => Value::NONE,
        };
        let line = match row.line {
            Some(l) => vm.new_int(l.wrapping_add(shift))?,
            None => Value::NONE,
        };
        let offset = vm.new_int(row.offset as i64)?;
        let items = [
            name,
            Value::int_unchecked(row.op as i64),
            arg,
            value,
            shown,
            offset,
            line,
            Value::bool(row.target),
        ];
        let i = instruction(vm, items)?;
        list::push(vm, out, i)?;
    }
    iter::get_iter(vm, out.value())
}

/// A tuple of a class of its own, which names its items.
fn instruction(vm: &mut Vm, items: [Value; 8]) -> R {
    let t = vm.with_room(128, |vm| {
        let init = TupleObj {
            h: Header::new(Kind::Tuple, ClassId::Instruction as u32),
            len: items.len(),
        };
        vm.heap.alloc_tail(init, items.len(), |to: &mut [Slot]| {
            for (s, v) in to.iter_mut().zip(items) {
                *s = Slot::of(v);
            }
        })
    })?;
    Ok(t.value())
}

/// `findlinestarts(code)`
fn find_line_starts(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x] = args::parse(vm, "findlinestarts", a, ["code"], 1, 1)?;
    let x = x.unwrap_or(Value::NONE);
    let Some(c) = x.cast::<CodeObj>() else {
        let t = vm.type_name(x);
        return Err(raise!(
            vm,
            AttributeError,
            "'{t}' object has no attribute 'co_lnotab'"
        ));
    };
    let co = shared(vm, c)?;
    let first = co.firstlineno as i32 as i64;
    let out = vm.new_list(&[])?;
    for (at, line) in dis::line_start_list(&co.lnotab, first, co.code.len()) {
        vm.poll()?;
        let (at, line) = (vm.new_int(at as i64)?, vm.new_int(line)?);
        let t = vm.new_tuple(&[at, line])?;
        list::push(vm, out, t)?;
    }
    iter::get_iter(vm, out.value())
}

/// `findlabels(code)`
fn find_labels(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [x] = args::parse(vm, "findlabels", a, ["code"], 1, 1)?;
    let x = x.unwrap_or(Value::NONE);
    let Some(code) = bytes::ops::get(vm, x).map(<[u8]>::to_vec) else {
        let t = vm.type_name(x);
        return Err(raise!(vm, TypeError, "object of type '{t}' has no code"));
    };
    if code.len() % 2 == 1 && code.last().is_some_and(|&op| op >= HAVE_ARGUMENT) {
        return Err(raise!(vm, IndexError, "index out of range"));
    }
    let out = vm.new_list(&[])?;
    for to in dis::labels(&code) {
        vm.poll()?;
        let to = vm.new_int(to as i64)?;
        list::push(vm, out, to)?;
    }
    Ok(out.value())
}
