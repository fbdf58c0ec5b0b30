//! Source text → the code object CPython 3.8 would make of it, byte for byte.
//!
//! The way of a source, and who knows what:
//!
//! ```text
//! aside      a long source is compiled on a thread of its own
//! decode     bytes → text
//! nest       tokens only: how deep does it go, how much stack will that take?
//! parts      a long source is cut between statements, and looks at the limits are taken as it goes
//! (parser)   ruff's parser and tree
//! syntax     the parser's errors in CPython's words (grammar: where CPython's parser stops; syntax_tree: those of
//!            CPython's tree; fstring: those inside f-strings; prompt: those of a single line or expression)
//! lower      ruff's tree → tree.rs: CPython 3.8's AST, with 3.8's line numbers (lower_expr,
//!            strings). What this version's language leaves out is refused here, by name.
//! fold       called by lower on each node: constant folding within CPython's limits
//! symtab     what each name of each scope is (scopes: local, cell, free or global)
//! unit       one code object in the making: blocks, names, emission of instructions
//!            stmt, expr, call, function, finally: the tree → instructions
//! warn       SyntaxWarnings
//! consts     which constants are one constant
//! assemble   order of blocks, jump offsets, stack depth;  lines: the line table
//! peephole   CPython's optimizer of finished bytes
//! ```
//!
//! Contract: the result equals CPython 3.8's in every `co_*` field (`tests/bytecode`); no
//! source, however large or deep, overflows a stack or takes more than about linear time.
//! Nothing here knows the heap or any tier.

mod aside;
mod assemble;
mod bound;
mod call;
mod consts;
pub mod decode;
mod error;
mod expr;
mod finally;
mod fold;
mod fstring;
mod function;
mod grammar;
mod lines;
mod lower;
mod lower_expr;
mod nest;
mod parts;
mod peephole;
mod prompt;
mod scopes;
mod stmt;
mod strings;
mod symtab;
mod syntax;
mod syntax_tree;
mod tree;
mod unit;
mod unparse;
mod warn;
pub(crate) use strings::too_many_digits;

pub use aside::{LONG, Left};
pub use error::{CompileError, ErrorKind};

use crate::code::object::CodeObject;
use aside::Aside;
use corosensei::stack::DefaultStack;
use lines::LineIndex;
use lower::{Fail, Lower, fail};
use parts::Watch;
use ruff_python_ast::PythonVersion;
use ruff_python_parser::{ParseOptions, UnsupportedSyntaxErrorKind, parse_unchecked};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use syntax::Stage;
use tree::Loc;
pub use warn::{Warning, line_of, warning_text};

/// What is compiled: Python's `compile(…, mode)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A module: statements.
    Exec,
    /// One expression, whose value the code returns.
    Eval,
    /// A line of the interactive prompt: expression statements are echoed.
    Single,
}

/// How to compile.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// 1 leaves out `assert` and makes `__debug__` false, 2 leaves out docstrings, too.
    pub optimize: u8,
    /// Features of `__future__` that are on, as `co_flags` bits.
    pub future: u32,
    /// The source is an argument of `compile()` and its like: CPython shows some errors
    /// elsewhere than in a file.
    pub argument: bool,
    /// Decimal digits an int literal may have; 0 for any number (`sys.set_int_max_str_digits`).
    pub max_str_digits: u32,
    /// Bytes that products of constants may take, which nobody sees in the length of a source. Past them the
    /// compilation ends with `ErrorKind::Memory`: to leave one unfolded would make other code than CPython's.
    pub room: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            optimize: 0,
            future: 0,
            argument: false,
            max_str_digits: MAX_STR_DIGITS,
            room: usize::MAX,
        }
    }
}

pub use bound::memory_bound;

/// What CPython's later releases of 3.8 limit conversions between int and decimal text to.
pub const MAX_STR_DIGITS: u32 = 4300;

/// Stack for a source that does not nest at all, and for each level of nesting.
const STACK_BASE: usize = 512 << 10;
const STACK_PER_LEVEL: usize = 24 << 10;

/// Compiles source text.
pub fn compile(source: &str, filename: &str, mode: Mode) -> Result<Arc<CodeObject>, CompileError> {
    compile_with(source, filename, mode, Options::default())
}

/// Compiles source text, with options.
pub fn compile_with(
    source: &str,
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<Arc<CodeObject>, CompileError> {
    compile_warned(source, filename, mode, options).map(|c| c.0)
}

/// What a compilation leaves behind besides its result.
struct Notes {
    /// How far it came.
    stage: Cell<Stage>,
    warnings: RefCell<Vec<Warning>>,
}

/// Code, and what the compiler warns of.
pub type Compiled = (Arc<CodeObject>, Vec<Warning>);

/// Compiles source text; the warnings are for the caller to show.
pub fn compile_warned(
    source: &str,
    filename: &str,
    mode: Mode,
    options: Options,
) -> Result<Compiled, CompileError> {
    compile_by(
        source.into(),
        filename,
        mode,
        options,
        &Watch::new(&|| true),
    )
}

/// A source as it comes.
pub enum Text<'a> {
    Str(Cow<'a, str>),
    /// To be decoded as its declaration says.
    Bytes(Cow<'a, [u8]>),
}

impl Text<'_> {
    pub fn bytes(&self) -> &[u8] {
        match self {
            Text::Str(s) => s.as_bytes(),
            Text::Bytes(b) => b,
        }
    }
    /// The same, with a copy of what is borrowed.
    fn into_owned(self, watch: &Watch<'_>) -> Result<Text<'static>, Fail> {
        Ok(match self {
            Text::Bytes(b) => Text::Bytes(Cow::Owned(b.into_owned())),
            Text::Str(Cow::Owned(s)) => Text::Str(Cow::Owned(s)),
            Text::Str(Cow::Borrowed(mut s)) => {
                // A line feed may be put behind it.
                let mut copy = String::with_capacity(s.len() + 1);
                while !s.is_empty() {
                    let (part, rest) = s.split_at(s.floor_char_boundary(COPY));
                    copy.push_str(part);
                    s = rest;
                    watch.look()?;
                }
                Text::Str(Cow::Owned(copy))
            }
        })
    }
    fn compile(
        self,
        filename: &str,
        mode: Mode,
        options: Options,
        watch: &Watch<'_>,
    ) -> Result<Compiled, CompileError> {
        match self {
            Text::Str(s) => compile_by(s, filename, mode, options, watch),
            Text::Bytes(b) => {
                let s = decode::decode(&b, filename, decode::Origin::Argument)?;
                compile_by(s, filename, mode, options, watch)
            }
        }
    }
}

/// Bytes that are copied between two looks.
const COPY: usize = 1 << 18;

/// The same, which asks now and then whether to go on; else it ends with `ErrorKind::Stopped`. A long source is compiled
/// on a thread of its own: one that is at work still is left behind.
pub fn compile_watched(
    text: Text<'_>,
    filename: &str,
    mode: Mode,
    options: Options,
    goes_on: &dyn Fn() -> bool,
    left: &mut Option<Left>,
) -> Result<Compiled, CompileError> {
    let watch = Watch::new(goes_on);
    let long = text.bytes().len() >= aside::LONG && !cfg!(miri);
    // Where the system gives no thread it is compiled here.
    let Some(aside) = long.then(|| Aside::new().ok()).flatten() else {
        return text.compile(filename, mode, options, &watch);
    };
    let stopped = |f| {
        let (stage, none) = (Stage::Parser, LineIndex::new(""));
        report(f, stage, "", &none, filename.into(), options)
    };
    let text = text.into_owned(&watch).map_err(stopped)?;
    let name = filename.to_owned();
    let job =
        move |goes_on: &dyn Fn() -> bool| text.compile(&name, mode, options, &Watch::new(goes_on));
    match aside.run(job, goes_on) {
        Ok(r) => r,
        Err(l) => {
            *left = Some(l);
            Err(stopped(parts::stopped()))
        }
    }
}

fn compile_by(
    source: Cow<'_, str>,
    filename: &str,
    mode: Mode,
    options: Options,
    watch: &Watch<'_>,
) -> Result<Compiled, CompileError> {
    let filename: Arc<str> = filename.into();
    let mut source = line_feeds(source);
    if options.argument && mode == Mode::Exec && !source.ends_with('\n') && !source.is_empty() {
        // CPython's tokenizer puts the end that is missing.
        let source = source.to_mut();
        source.reserve_exact(1);
        source.push('\n');
    }
    let lines = match LineIndex::watched(&source, watch) {
        Ok(lines) => lines,
        Err(f) => {
            let (stage, none) = (Stage::Parser, LineIndex::new(""));
            return Err(report(f, stage, "", &none, filename, options));
        }
    };
    let notes = Notes {
        stage: Cell::new(Stage::Parser),
        warnings: RefCell::default(),
    };
    match on_own_stack(&source, &filename, &lines, mode, options, (&notes, watch)) {
        Ok(c) => Ok((c, notes.warnings.take())),
        Err(f) => Err(report(
            f,
            notes.stage.get(),
            &source,
            &lines,
            filename,
            options,
        )),
    }
}

/// The lines of a source end in `\n`, whatever the file used.
fn line_feeds(source: Cow<'_, str>) -> Cow<'_, str> {
    if source.contains('\r') {
        source.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        source
    }
}

fn on_own_stack(
    source: &str,
    filename: &Arc<str>,
    lines: &LineIndex,
    mode: Mode,
    options: Options,
    (notes, watch): (&Notes, &Watch<'_>),
) -> Result<Arc<CodeObject>, Fail> {
    let nowhere = Loc { line: 0, pos: 0 };
    if source.len() > u32::MAX as usize / 2 {
        return fail(ErrorKind::Overflow, nowhere, "source code is too large");
    }
    if source.contains('\0') {
        return fail(
            ErrorKind::Value,
            nowhere,
            "source code string cannot contain null bytes",
        );
    }
    let depth = nest::depth(source, watch)?;
    let run = || pipeline(source, filename, lines, mode, options, (notes, watch));
    if cfg!(miri) {
        // It switches no stacks, and its own has no end.
        return run();
    }
    // Each compilation has a stack to itself: the caller's may be nearly used up.
    match DefaultStack::new(STACK_BASE + depth * STACK_PER_LEVEL) {
        Ok(stack) => corosensei::on_stack(stack, run),
        Err(_) => fail(
            ErrorKind::Memory,
            nowhere,
            "no memory for the compiler's stack",
        ),
    }
}

/// All stages in order.
fn pipeline(
    source: &str,
    filename: &Arc<str>,
    lines: &LineIndex,
    mode: Mode,
    options: Options,
    (notes, watch): (&Notes, &Watch<'_>),
) -> Result<Arc<CodeObject>, Fail> {
    let (module, lower) = module(source, lines, mode, options, (notes, watch))?;
    if lower.is_full() {
        return fail(ErrorKind::Memory, Loc { line: 0, pos: 0 }, "");
    }
    let scopes = lower.scopes;
    let future = options.future | lower.future;
    let mut names = lower.names;
    let words = unit::Words::new(&mut names);
    let table = symtab::build(&module, &mut names, scopes, watch)?;
    let module_name = names.intern("<module>");
    let mut codegen = unit::Codegen {
        names: &mut names,
        table: &table,
        filename: filename.clone(),
        base_flags: future,
        optimize: options.optimize,
        interactive: false,
        dead: 0,
        units: Vec::new(),
        words,
        warnings: Vec::new(),
        watch,
    };
    codegen.enter(unit::UnitKind::Module, module_name, 0, 0);
    let add_none = codegen.module(&module)?;
    let code = codegen.leave(add_none)?.0;
    let mut found = warn::invalid_escapes(source, lines);
    found.extend(codegen.warnings.into_iter().map(|w| Warning {
        col: warn::column(source, lines, w.line, w.col),
        ..w
    }));
    notes.warnings.replace(found);
    Ok(code)
}

/// The tree of a source, and what is known besides.
fn module<'s>(
    source: &'s str,
    lines: &'s LineIndex,
    mode: Mode,
    options: Options,
    (notes, watch): (&Notes, &'s Watch<'s>),
) -> Result<(tree::Module, Lower<'s>), Fail> {
    if mode == Mode::Exec {
        let mut lower = Lower::new(source, lines, options, watch);
        match parts::statements(&mut lower, source, options) {
            Ok(Some(body)) => return Ok((tree::Module::Exec(body), lower)),
            Ok(None) => (),
            Err(f) => {
                notes.stage.set(Stage::Tree);
                return Err(f);
            }
        }
    }
    let parse = ParseOptions::from(parser_mode(mode)).with_target_version(PythonVersion::PY38);
    let parsed = parse_unchecked(source, parse);
    if let Some(f) = prompt::before(&parsed, source, lines, mode, options) {
        return Err(f);
    }
    if let Some((f, at)) = syntax::first_error(&parsed, source, lines, options, mode) {
        notes.stage.set(at);
        let s = prompt::syntax(&parsed, source, lines, options);
        return Err(match options.argument {
            true => prompt::at_end(f, at, &s, mode),
            false => f,
        });
    }
    if let Some(f) = prompt::after(&parsed, source, lines, mode, options) {
        return Err(f);
    }
    notes.stage.set(Stage::Tree);
    let mut lower = Lower::new(source, lines, options, watch);
    for e in parsed.unsupported_syntax_errors() {
        if e.kind == UnsupportedSyntaxErrorKind::ParenthesizedContextManager {
            lower.with_tuples.push(e.range);
        }
    }
    let module = match parsed.syntax() {
        ruff_python_ast::Mod::Module(m) if mode == Mode::Single => {
            tree::Module::Single(lower.stmts(&m.body)?)
        }
        ruff_python_ast::Mod::Module(m) => tree::Module::Exec(lower.body(&m.body)?),
        ruff_python_ast::Mod::Expression(e) => tree::Module::Eval(lower.expr(&e.body)?),
    };
    Ok((module, lower))
}

/// The parser's mode.
fn parser_mode(mode: Mode) -> ruff_python_parser::Mode {
    match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    }
}

/// A line (from 1) with its end, if it has one.
fn raw_line<'s>(source: &'s str, lines: &LineIndex, line: u32) -> &'s str {
    let Some(text) = lines.text(source, line) else {
        return "";
    };
    let start = lines.start(line) as usize;
    let end = start + text.len();
    let full = source.get(start..end + 1);
    full.filter(|t| t.ends_with('\n')).unwrap_or(text)
}

/// The line that CPython's tokenizer has in its buffer: a string that began on an earlier line keeps
/// its lines there.
fn shown_lines<'s>(source: &'s str, lines: &LineIndex, line: u32) -> &'s str {
    let text = raw_line(source, lines, line);
    let start = lines.start(line) as usize;
    if !source.contains("\"\"\"") && !source.contains("'''") {
        return text;
    }
    let found = fstring::literals(source);
    match found
        .iter()
        .find(|l| l.start < start && l.body.end >= start)
    {
        Some(l) => {
            let from = lines.start(lines.line(l.start as u32)) as usize;
            &source[from..start + text.len()]
        }
        None => text,
    }
}

/// The error with its line.
fn report(
    f: Fail,
    stage: Stage,
    source: &str,
    lines: &LineIndex,
    filename: Arc<str>,
    options: Options,
) -> CompileError {
    if let Some(s) = f.shown {
        return CompileError {
            kind: f.kind,
            msg: f.msg,
            filename: s.filename.map_or(filename, Into::into),
            line: s.line,
            col: s.col,
            text: s.text,
        };
    }
    let line = f.loc.line.min(lines.count());
    let text = lines.text(source, line);
    // The column counts characters; a node inside an f-string stands elsewhere than it says.
    let col = match text {
        Some(t) if lines.line(f.loc.pos) == line => {
            let start = lines.start(line);
            let bytes = (f.loc.pos.saturating_sub(start) as usize).min(t.len());
            t.get(..bytes).map_or(0, |t| t.chars().count() as u32 + 1)
        }
        _ => 0,
    };
    let text = match (options.argument, stage) {
        (true, Stage::Parser) => Some(shown_lines(source, lines, line).to_owned()),
        (true, Stage::Tree) => None,
        (false, _) => text.map(|t| format!("{t}\n")),
    };
    CompileError {
        kind: f.kind,
        msg: f.msg,
        filename,
        line,
        col,
        text,
    }
}

/// A name as it stands inside class `class`: `__x` becomes `_Class__x`.
pub fn mangle(class: &str, name: &str) -> String {
    let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    match class.trim_start_matches('_') {
        "" => name.to_owned(),
        c if private => format!("_{c}{name}"),
        _ => name.to_owned(),
    }
}
