//! The tree the compiler works on: CPython 3.8's AST, names interned, constants folded,
//! with the line numbers 3.8 gives its nodes.
//!
//! `lower` makes it from ruff's tree, and is the only place that knows both.

use crate::code::object::Const;
use std::collections::HashMap;
use std::rc::Rc;

/// An interned identifier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Sym(pub u32);

/// The identifiers of one compilation.
#[derive(Default)]
pub struct Interner {
    map: HashMap<Rc<str>, Sym>,
    names: Vec<Rc<str>>,
}

impl Interner {
    /// The symbol of this text.
    pub fn intern(&mut self, s: &str) -> Sym {
        if let Some(&sym) = self.map.get(s) {
            return sym;
        }
        let sym = Sym(self.names.len() as u32);
        let text: Rc<str> = s.into();
        self.names.push(text.clone());
        self.map.insert(text, sym);
        sym
    }
    /// The text of a symbol.
    pub fn name(&self, s: Sym) -> Rc<str> {
        self.names[s.0 as usize].clone()
    }
    /// A name inside the class `private`: `__x` becomes `_Class__x`.
    pub fn mangle(&mut self, private: Option<Sym>, name: Sym) -> Sym {
        let Some(class) = private else { return name };
        let text = &self.names[name.0 as usize];
        if !text.starts_with("__") || text.ends_with("__") || text.contains('.') {
            return name;
        }
        let class = self.names[class.0 as usize].trim_start_matches('_');
        if class.is_empty() {
            return name;
        }
        let mangled = format!("_{class}{text}");
        self.intern(&mangled)
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    /// 1-based; inside f-strings, as CPython 3.8 reckons it.
    pub line: u32,
    /// Byte offset in the source, for the caret of an error.
    pub pos: u32,
}

/// How an expression is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ctx {
    Load,
    Store,
    Del,
}

pub use ruff_python_ast::{CmpOp, Operator, UnaryOp};

/// An expression.
#[derive(Debug)]
pub struct Expr {
    pub loc: Loc,
    pub kind: ExprKind,
}

/// What kind of comprehension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompKind {
    List,
    Set,
    Dict,
    Generator,
}

/// The number of a scope: an index into the symbol table, in the order `lower` meets them.
pub type ScopeId = usize;

#[derive(Debug)]
pub enum ExprKind {
    /// `or` if the flag is set.
    BoolOp(bool, Vec<Expr>),
    Named(Box<Expr>, Box<Expr>),
    BinOp(Box<Expr>, Operator, Box<Expr>),
    UnaryOp(UnaryOp, Box<Expr>),
    Lambda(Box<Lambda>),
    /// Test, value if true, value if false.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A key of None is `**`.
    Dict(Vec<(Option<Expr>, Expr)>),
    Set(Vec<Expr>),
    Comp(Box<Comp>),
    Await(Box<Expr>),
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    Compare(Box<Expr>, Vec<(CmpOp, Expr)>),
    Call(Box<Expr>, Vec<Expr>, Vec<Keyword>),
    /// Value, conversion (`FVC_*`), format spec.
    Formatted(Box<Expr>, u32, Option<Box<Expr>>),
    Joined(Vec<Expr>),
    Const(Const),
    Attribute(Box<Expr>, Sym, Ctx),
    Subscript(Box<Expr>, Box<Slice>, Ctx),
    Starred(Box<Expr>),
    Name(Sym, Ctx),
    List(Vec<Expr>, Ctx),
    Tuple(Vec<Expr>, Ctx),
}

/// What stands between the brackets of a subscript.
#[derive(Debug)]
pub enum Slice {
    Index(Expr),
    /// `a:b:c`
    Range(Option<Expr>, Option<Expr>, Option<Expr>),
    Ext(Vec<Slice>),
}

/// A keyword argument; no name is `**`.
#[derive(Debug)]
pub struct Keyword {
    pub name: Option<Sym>,
    pub value: Expr,
}

#[derive(Debug)]
pub struct Param {
    pub name: Sym,
    pub annotation: Option<Expr>,
}

#[derive(Debug, Default)]
pub struct Params {
    pub posonly: Vec<Param>,
    pub args: Vec<Param>,
    pub vararg: Option<Param>,
    pub kwonly: Vec<Param>,
    pub kwarg: Option<Param>,
    /// Of the last of `posonly` + `args`.
    pub defaults: Vec<Expr>,
    /// One for each of `kwonly`.
    pub kw_defaults: Vec<Option<Expr>>,
}

#[derive(Debug)]
pub struct Lambda {
    pub scope: ScopeId,
    pub params: Params,
    pub body: Expr,
}

#[derive(Debug)]
pub struct Comp {
    pub kind: CompKind,
    pub scope: ScopeId,
    pub elt: Expr,
    /// The value of a dict comprehension.
    pub value: Option<Expr>,
    pub generators: Vec<Generator>,
}

/// `for target in iter if …`
#[derive(Debug)]
pub struct Generator {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

/// A statement.
#[derive(Debug)]
pub struct Stmt {
    pub loc: Loc,
    pub kind: StmtKind,
}

#[derive(Debug)]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return(Option<Expr>),
    Delete(Vec<Expr>),
    Assign(Vec<Expr>, Expr),
    AugAssign(Expr, Operator, Expr),
    AnnAssign(Box<AnnAssign>),
    For(Box<For>),
    While(Expr, Vec<Stmt>, Vec<Stmt>),
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    With(Box<With>),
    Raise(Option<Expr>, Option<Expr>),
    Try(Box<Try>),
    Assert(Expr, Option<Expr>),
    Import(Vec<Alias>),
    ImportFrom(Box<ImportFrom>),
    Global(Vec<Sym>),
    Nonlocal(Vec<Sym>),
    Expr(Expr),
    Pass,
    Break,
    Continue,
}

#[derive(Debug)]
pub struct FunctionDef {
    pub scope: ScopeId,
    pub name: Sym,
    pub params: Params,
    pub returns: Option<Expr>,
    pub decorators: Vec<Expr>,
    pub body: Vec<Stmt>,
    pub is_async: bool,
}

#[derive(Debug)]
pub struct ClassDef {
    pub scope: ScopeId,
    pub name: Sym,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub decorators: Vec<Expr>,
    pub body: Vec<Stmt>,
}

#[derive(Debug)]
pub struct AnnAssign {
    pub target: Expr,
    pub annotation: Expr,
    pub value: Option<Expr>,
    /// A bare name, not in parentheses.
    pub simple: bool,
}

#[derive(Debug)]
pub struct For {
    pub target: Expr,
    pub iter: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
    pub is_async: bool,
}

#[derive(Debug)]
pub struct With {
    pub items: Vec<(Expr, Option<Expr>)>,
    pub body: Vec<Stmt>,
    pub is_async: bool,
}

#[derive(Debug)]
pub struct Try {
    pub body: Vec<Stmt>,
    pub handlers: Vec<Handler>,
    pub orelse: Vec<Stmt>,
    pub finalbody: Vec<Stmt>,
}

#[derive(Debug)]
pub struct Handler {
    pub loc: Loc,
    pub class: Option<Expr>,
    pub name: Option<Sym>,
    pub body: Vec<Stmt>,
}

#[derive(Debug)]
pub struct Alias {
    pub name: Sym,
    pub asname: Option<Sym>,
}

#[derive(Debug)]
pub struct ImportFrom {
    pub module: Option<Sym>,
    pub names: Vec<Alias>,
    pub level: u32,
}

/// What a source is.
#[derive(Debug)]
pub enum Module {
    Exec(Vec<Stmt>),
    Eval(Expr),
    Single(Vec<Stmt>),
}

impl Expr {
    /// The constant, if it is one.
    pub fn as_const(&self) -> Option<&Const> {
        match &self.kind {
            ExprKind::Const(c) => Some(c),
            _ => None,
        }
    }
}

/// The docstring of a body, if its first statement is a string constant.
pub fn docstring(body: &[Stmt]) -> Option<&Const> {
    match body.first().map(|s| &s.kind) {
        Some(StmtKind::Expr(e)) => match e.as_const() {
            Some(c @ Const::Str(_)) => Some(c),
            _ => None,
        },
        _ => None,
    }
}
