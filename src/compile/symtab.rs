//! The symbol table: for each scope, what each of its names is.
//!
//! The walk over the tree here notes definitions and uses (and finds the errors of `global`,
//! `nonlocal` and doubled parameters); `scopes` then decides between local, cell, free and
//! global. The scopes are numbered by `lower`, so that the code generator
//! finds a function's scope by the number in its node.

use super::error::ErrorKind;
use super::lower::{Fail, fail};
use super::parts::{A_STATEMENT, AN_ITEM, Watch};
use super::scopes;
use super::tree::*;
use std::collections::{BTreeMap, HashMap};

/// CPython's symbol table gives some places without counting their column from 1.
fn bare_column(loc: Loc) -> Loc {
    Loc {
        pos: loc.pos.saturating_sub(1),
        ..loc
    }
}

/// What was seen of a name in a scope.
pub(super) mod seen {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    pub const IMPORT: u16 = 32;
    pub const ANNOT: u16 = 64;
    /// The target of a comprehension's `for`.
    pub const COMP_ITER: u16 = 128;
    /// Free in the class body and bound there too: a method's free variable of the same name.
    pub const FREE_CLASS: u16 = 256;
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT;
}

/// What kind of block a scope is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Block {
    Module,
    Class,
    Function,
}

/// Where a name lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Symbol {
    pub(super) seen: u16,
    pub(super) place: Option<Place>,
}

/// One scope.
pub struct Scope {
    pub block: Block,
    pub parent: Option<ScopeId>,
    /// Parameters, in `co_varnames`' order.
    pub params: Vec<Sym>,
    /// Inside a function, however far out.
    pub nested: bool,
    pub varargs: bool,
    pub varkeywords: bool,
    /// Holds a yield.
    pub generator: bool,
    /// `async`, or an asynchronous comprehension.
    pub coroutine: bool,
    /// A method uses `__class__` or `super`.
    pub needs_class: bool,
    pub(super) comprehension: bool,
    pub(super) loc: Loc,
    pub(super) symbols: HashMap<Sym, Symbol>,
    /// `global` and `nonlocal` statements, for the errors found at the end.
    pub(super) directives: Vec<(Sym, Loc)>,
    pub(super) children: Vec<ScopeId>,
    /// Set while the targets of a comprehension are visited.
    comp_target: bool,
    /// Inside the iterable of a comprehension's first `for`.
    comp_iter_expr: u32,
}

/// All scopes; number 0 is the module.
pub struct SymTable {
    scopes: Vec<Option<Scope>>,
}

impl SymTable {
    /// A scope by its number. Every number `lower` gave out has been entered.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        match &self.scopes[id] {
            Some(s) => s,
            None => unreachable!("scope {id} was numbered but never entered"),
        }
    }
}

impl Scope {
    /// Where a (mangled) name lives, if the scope knows it.
    pub fn place(&self, name: Sym) -> Option<Place> {
        self.symbols.get(&name).and_then(|s| s.place)
    }
    /// The names that live in cells of this scope, sorted by their text.
    pub fn cellvars(&self, names: &Interner) -> Vec<Sym> {
        self.sorted(names, |s| s.place == Some(Place::Cell))
    }
    /// The names that come from scopes around, sorted by their text.
    pub fn freevars(&self, names: &Interner) -> Vec<Sym> {
        self.sorted(names, |s| {
            s.place == Some(Place::Free) || s.seen & seen::FREE_CLASS != 0
        })
    }
    fn sorted(&self, names: &Interner, want: impl Fn(&Symbol) -> bool) -> Vec<Sym> {
        let by_text: BTreeMap<_, Sym> = self
            .symbols
            .iter()
            .filter(|(_, s)| want(s))
            .map(|(&n, _)| (names.name(n), n))
            .collect();
        by_text.into_values().collect()
    }
}

/// Builds the table for `scopes` scopes.
pub fn build(
    module: &Module,
    names: &mut Interner,
    scopes: usize,
    watch: &Watch<'_>,
) -> Result<SymTable, Fail> {
    let mut b = Builder {
        class_name: names.intern("__class__"),
        super_name: names.intern("super"),
        dot_zero: names.intern(".0"),
        names,
        scopes: (0..scopes).map(|_| None).collect(),
        cur: 0,
        private: None,
        watch,
    };
    b.enter(0, Block::Module, Loc { line: 0, pos: 0 }, false);
    match module {
        Module::Exec(body) | Module::Single(body) => b.stmts(body)?,
        Module::Eval(e) => b.expr(e)?,
    }
    let mut table = SymTable { scopes: b.scopes };
    scopes::resolve(&mut table.scopes, b.names, b.class_name)?;
    Ok(table)
}

struct Builder<'a> {
    names: &'a mut Interner,
    watch: &'a Watch<'a>,
    scopes: Vec<Option<Scope>>,
    cur: ScopeId,
    /// The class whose body is being visited, for mangling.
    private: Option<Sym>,
    class_name: Sym,
    super_name: Sym,
    dot_zero: Sym,
}

type R = Result<(), Fail>;

impl Builder<'_> {
    fn enter(&mut self, id: ScopeId, block: Block, loc: Loc, comprehension: bool) -> ScopeId {
        let outer = self.cur;
        let parent = (block != Block::Module).then_some(outer);
        let mut nested = false;
        let mut comp_iter_expr = 0;
        if let Some(p) = parent.and_then(|p| self.scopes[p].as_mut()) {
            nested = p.nested || p.block == Block::Function;
            comp_iter_expr = p.comp_iter_expr;
            p.children.push(id);
        }
        self.scopes[id] = Some(Scope {
            block,
            parent,
            params: Vec::new(),
            nested,
            varargs: false,
            varkeywords: false,
            generator: false,
            coroutine: false,
            needs_class: false,
            comprehension,
            loc,
            symbols: HashMap::new(),
            directives: Vec::new(),
            children: Vec::new(),
            comp_target: false,
            comp_iter_expr,
        });
        self.cur = id;
        outer
    }

    fn cur(&mut self) -> &mut Scope {
        match &mut self.scopes[self.cur] {
            Some(s) => s,
            None => unreachable!("the current scope is entered"),
        }
    }

    fn lookup(&mut self, name: Sym) -> u16 {
        let name = self.names.mangle(self.private, name);
        self.cur().symbols.get(&name).map_or(0, |s| s.seen)
    }

    fn define(&mut self, name: Sym, flag: u16) -> R {
        let name = self.names.mangle(self.private, name);
        let (val, loc, comp_target) = {
            let cur = self.cur();
            let old = cur.symbols.get(&name).map_or(0, |s| s.seen);
            (old, cur.loc, cur.comp_target)
        };
        if flag & seen::PARAM != 0 && val & seen::PARAM != 0 {
            let msg = format!(
                "duplicate argument '{}' in function definition",
                self.names.name(name)
            );
            return fail(ErrorKind::Syntax, loc, msg);
        }
        let mut val = val | flag;
        if comp_target {
            if val & (seen::GLOBAL | seen::NONLOCAL) != 0 {
                let msg = format!(
                    "comprehension inner loop cannot rebind assignment expression target '{}'",
                    self.names.name(name)
                );
                return fail(ErrorKind::Syntax, loc, msg);
            }
            val |= seen::COMP_ITER;
        }
        let cur = self.cur();
        cur.symbols.entry(name).or_default().seen = val;
        if flag & seen::PARAM != 0 {
            cur.params.push(name);
        } else if flag & seen::GLOBAL != 0
            && let Some(top) = &mut self.scopes[0]
        {
            // The module learns of the name too.
            top.symbols.entry(name).or_default().seen |= flag;
        }
        Ok(())
    }

    fn stmts(&mut self, body: &[Stmt]) -> R {
        body.iter().try_for_each(|s| {
            self.watch.did(A_STATEMENT)?;
            self.stmt(s)
        })
    }

    fn exprs(&mut self, list: &[Expr]) -> R {
        list.iter().try_for_each(|e| {
            self.watch.did(AN_ITEM)?;
            self.expr(e)
        })
    }

    fn opt(&mut self, e: &Option<Expr>) -> R {
        e.as_ref().map_or(Ok(()), |e| self.expr(e))
    }

    fn function(&mut self, id: ScopeId, params: &Params, loc: Loc) -> Result<ScopeId, Fail> {
        let outer = self.enter(id, Block::Function, loc, false);
        for p in params
            .posonly
            .iter()
            .chain(&params.args)
            .chain(&params.kwonly)
        {
            self.define(p.name, seen::PARAM)?;
        }
        if let Some(p) = &params.vararg {
            self.define(p.name, seen::PARAM)?;
            self.cur().varargs = true;
        }
        if let Some(p) = &params.kwarg {
            self.define(p.name, seen::PARAM)?;
            self.cur().varkeywords = true;
        }
        Ok(outer)
    }

    fn defaults(&mut self, params: &Params) -> R {
        self.exprs(&params.defaults)?;
        params.kw_defaults.iter().try_for_each(|d| self.opt(d))
    }

    fn annotations(&mut self, p: &Params) -> R {
        for p in p
            .posonly
            .iter()
            .chain(&p.args)
            .chain(&p.vararg)
            .chain(&p.kwarg)
            .chain(&p.kwonly)
        {
            self.opt(&p.annotation)?;
        }
        Ok(())
    }

    fn stmt(&mut self, s: &Stmt) -> R {
        match &s.kind {
            StmtKind::FunctionDef(f) => {
                self.define(f.name, seen::LOCAL)?;
                self.defaults(&f.params)?;
                self.annotations(&f.params)?;
                self.opt(&f.returns)?;
                self.exprs(&f.decorators)?;
                let outer = self.function(f.scope, &f.params, s.loc)?;
                self.cur().coroutine = f.is_async;
                self.stmts(&f.body)?;
                self.cur = outer;
            }
            StmtKind::ClassDef(c) => {
                self.define(c.name, seen::LOCAL)?;
                self.exprs(&c.bases)?;
                c.keywords.iter().try_for_each(|k| self.expr(&k.value))?;
                self.exprs(&c.decorators)?;
                let outer = self.enter(c.scope, Block::Class, s.loc, false);
                let private = self.private.replace(c.name);
                self.stmts(&c.body)?;
                self.private = private;
                self.cur = outer;
            }
            StmtKind::Return(e) => self.opt(e)?,
            StmtKind::Delete(list) => self.exprs(list)?,
            StmtKind::Assign(targets, value) => {
                self.exprs(targets)?;
                self.expr(value)?;
            }
            StmtKind::AugAssign(target, _, value) => {
                self.expr(target)?;
                self.expr(value)?;
            }
            StmtKind::AnnAssign(a) => self.ann_assign(a, s.loc)?,
            StmtKind::For(f) => {
                self.expr(&f.target)?;
                self.expr(&f.iter)?;
                self.stmts(&f.body)?;
                self.stmts(&f.orelse)?;
            }
            StmtKind::While(test, body, orelse) | StmtKind::If(test, body, orelse) => {
                self.expr(test)?;
                self.stmts(body)?;
                self.stmts(orelse)?;
            }
            StmtKind::With(w) => {
                for (e, v) in &w.items {
                    self.expr(e)?;
                    self.opt(v)?;
                }
                self.stmts(&w.body)?;
            }
            StmtKind::Raise(a, b) => {
                self.opt(a)?;
                self.opt(b)?;
            }
            StmtKind::Try(t) => {
                self.stmts(&t.body)?;
                self.stmts(&t.orelse)?;
                for h in &t.handlers {
                    self.opt(&h.class)?;
                    if let Some(n) = h.name {
                        self.define(n, seen::LOCAL)?;
                    }
                    self.stmts(&h.body)?;
                }
                self.stmts(&t.finalbody)?;
            }
            StmtKind::Assert(test, msg) => {
                self.expr(test)?;
                self.opt(msg)?;
            }
            StmtKind::Import(list) => list.iter().try_for_each(|a| self.alias(a))?,
            StmtKind::ImportFrom(i) => i.names.iter().try_for_each(|a| self.alias(a))?,
            StmtKind::Global(list) => {
                for &n in list {
                    self.directive(n, s.loc, seen::GLOBAL, "global")?;
                }
            }
            StmtKind::Nonlocal(list) => {
                for &n in list {
                    self.directive(n, s.loc, seen::NONLOCAL, "nonlocal")?;
                }
            }
            StmtKind::Expr(e) => self.expr(e)?,
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
        Ok(())
    }

    fn ann_assign(&mut self, a: &AnnAssign, loc: Loc) -> R {
        if let ExprKind::Name(n, _) = a.target.kind {
            let cur = self.lookup(n);
            if cur & (seen::GLOBAL | seen::NONLOCAL) != 0 && self.cur != 0 && a.simple {
                let what = if cur & seen::GLOBAL != 0 {
                    "global"
                } else {
                    "nonlocal"
                };
                let msg = format!("annotated name '{}' can't be {what}", self.names.name(n));
                return fail(ErrorKind::Syntax, loc, msg);
            }
            if a.simple {
                self.define(n, seen::ANNOT | seen::LOCAL)?;
            } else if a.value.is_some() {
                self.define(n, seen::LOCAL)?;
            }
        } else {
            self.expr(&a.target)?;
        }
        self.expr(&a.annotation)?;
        self.opt(&a.value)
    }

    fn directive(&mut self, name: Sym, loc: Loc, flag: u16, what: &str) -> R {
        let cur = self.lookup(name);
        let text = self.names.name(name);
        if cur & (seen::PARAM | seen::LOCAL | seen::USE | seen::ANNOT) != 0 {
            let msg = if cur & seen::PARAM != 0 {
                format!("name '{text}' is parameter and {what}")
            } else if cur & seen::USE != 0 {
                format!("name '{text}' is used prior to {what} declaration")
            } else if cur & seen::ANNOT != 0 {
                format!("annotated name '{text}' can't be {what}")
            } else {
                format!("name '{text}' is assigned to before {what} declaration")
            };
            return fail(ErrorKind::Syntax, loc, msg);
        }
        self.define(name, flag)?;
        let name = self.names.mangle(self.private, name);
        self.cur().directives.push((name, loc));
        Ok(())
    }

    fn alias(&mut self, a: &Alias) -> R {
        let text = self.names.name(a.asname.unwrap_or(a.name));
        if &*text == "*" {
            if self.cur().block != Block::Module {
                // CPython names the place of the function or class.
                let loc = self.cur().loc;
                return fail(
                    ErrorKind::Syntax,
                    loc,
                    "import * only allowed at module level",
                );
            }
            return Ok(());
        }
        let name = match a.asname {
            Some(n) => n,
            None => {
                let first = text.split('.').next().unwrap_or(&text);
                self.names.intern(first)
            }
        };
        self.define(name, seen::IMPORT)
    }

    fn expr(&mut self, e: &Expr) -> R {
        match &e.kind {
            ExprKind::BoolOp(_, list) | ExprKind::Set(list) | ExprKind::Joined(list) => {
                self.exprs(list)
            }
            ExprKind::List(list, _) | ExprKind::Tuple(list, _) => self.exprs(list),
            ExprKind::Named(target, value) => {
                let cur = self.cur();
                if cur.comp_iter_expr > 0 {
                    return fail(
                        ErrorKind::Syntax,
                        bare_column(e.loc),
                        "assignment expression cannot be used in a comprehension iterable expression",
                    );
                }
                if cur.comprehension {
                    self.named_in_comprehension(target)?;
                }
                self.expr(value)?;
                self.expr(target)
            }
            ExprKind::BinOp(a, _, b) => {
                self.expr(a)?;
                self.expr(b)
            }
            ExprKind::UnaryOp(_, a) | ExprKind::Attribute(a, _, _) | ExprKind::Starred(a) => {
                self.expr(a)
            }
            ExprKind::Await(a) => {
                self.expr(a)?;
                self.cur().coroutine = true;
                Ok(())
            }
            ExprKind::Yield(a) => {
                if let Some(a) = a {
                    self.expr(a)?;
                }
                self.cur().generator = true;
                Ok(())
            }
            ExprKind::YieldFrom(a) => {
                self.expr(a)?;
                self.cur().generator = true;
                Ok(())
            }
            ExprKind::Lambda(l) => {
                self.defaults(&l.params)?;
                let outer = self.function(l.scope, &l.params, e.loc)?;
                self.expr(&l.body)?;
                self.cur = outer;
                Ok(())
            }
            ExprKind::If(test, a, b) => {
                self.expr(test)?;
                self.expr(a)?;
                self.expr(b)
            }
            ExprKind::Dict(items) => {
                for (k, _) in items {
                    self.opt(k)?;
                }
                items.iter().try_for_each(|(_, v)| self.expr(v))
            }
            ExprKind::Comp(c) => self.comprehension(c, e.loc),
            ExprKind::Compare(left, rest) => {
                self.expr(left)?;
                rest.iter().try_for_each(|(_, e)| self.expr(e))
            }
            ExprKind::Call(f, args, keywords) => {
                self.expr(f)?;
                self.exprs(args)?;
                keywords.iter().try_for_each(|k| self.expr(&k.value))
            }
            ExprKind::Formatted(v, _, spec) => {
                self.expr(v)?;
                spec.as_ref().map_or(Ok(()), |s| self.expr(s))
            }
            ExprKind::Const(_) => Ok(()),
            ExprKind::Subscript(v, s, _) => {
                self.expr(v)?;
                self.slice(s)
            }
            ExprKind::Name(n, ctx) => {
                let flag = if *ctx == Ctx::Load {
                    seen::USE
                } else {
                    seen::LOCAL
                };
                self.define(*n, flag)?;
                // `super()` finds its class through the cell `__class__`.
                if *ctx == Ctx::Load && *n == self.super_name && self.cur().block == Block::Function
                {
                    self.define(self.class_name, seen::USE)?;
                }
                Ok(())
            }
        }
    }

    fn slice(&mut self, s: &Slice) -> R {
        match s {
            Slice::Index(e) => self.expr(e),
            Slice::Range(a, b, c) => {
                self.opt(a)?;
                self.opt(b)?;
                self.opt(c)
            }
            Slice::Ext(list) => list.iter().try_for_each(|s| self.slice(s)),
        }
    }

    /// `:=` in a comprehension binds in the function or module around it.
    fn named_in_comprehension(&mut self, target: &Expr) -> R {
        let ExprKind::Name(name, _) = target.kind else {
            return Ok(());
        };
        let text = self.names.name(name);
        let mangled = self.names.mangle(self.private, name);
        let mut at = Some(self.cur);
        while let Some(id) = at {
            let Some(scope) = &self.scopes[id] else { break };
            let (block, comprehension, parent) = (scope.block, scope.comprehension, scope.parent);
            let flags = scope.symbols.get(&mangled).map_or(0, |s| s.seen);
            if comprehension {
                if flags & seen::COMP_ITER != 0 {
                    return fail(
                        ErrorKind::Syntax,
                        bare_column(target.loc),
                        format!(
                            "assignment expression cannot rebind comprehension iteration variable '{text}'"
                        ),
                    );
                }
                at = parent;
                continue;
            }
            let (here, there) = match block {
                Block::Function if flags & seen::GLOBAL != 0 => (seen::GLOBAL, 0),
                Block::Function => (seen::NONLOCAL, seen::LOCAL),
                Block::Module => (seen::GLOBAL, seen::GLOBAL),
                Block::Class => {
                    return fail(
                        ErrorKind::Syntax,
                        bare_column(target.loc),
                        "assignment expression within a comprehension cannot be used in a class body",
                    );
                }
            };
            self.define(name, here)?;
            let mangled_loc = (mangled, target.loc);
            self.cur().directives.push(mangled_loc);
            if there != 0
                && let Some(s) = &mut self.scopes[id]
            {
                s.symbols.entry(mangled).or_default().seen |= there;
            }
            return Ok(());
        }
        Ok(())
    }

    fn comprehension(&mut self, c: &Comp, loc: Loc) -> R {
        let Some(first) = c.generators.first() else {
            return Ok(());
        };
        // The outermost iterable is evaluated outside.
        self.cur().comp_iter_expr += 1;
        self.expr(&first.iter)?;
        self.cur().comp_iter_expr -= 1;
        let outer = self.enter(c.scope, Block::Function, loc, true);
        if first.is_async {
            self.cur().coroutine = true;
        }
        self.define(self.dot_zero, seen::PARAM)?;
        self.targets(&first.target)?;
        self.exprs(&first.ifs)?;
        for g in &c.generators[1..] {
            self.targets(&g.target)?;
            self.cur().comp_iter_expr += 1;
            self.expr(&g.iter)?;
            self.cur().comp_iter_expr -= 1;
            self.exprs(&g.ifs)?;
            if g.is_async {
                self.cur().coroutine = true;
            }
        }
        if let Some(v) = &c.value {
            self.expr(v)?;
        }
        self.expr(&c.elt)?;
        if self.cur().generator {
            let what = match c.kind {
                CompKind::List => "list comprehension",
                CompKind::Set => "set comprehension",
                CompKind::Dict => "dict comprehension",
                CompKind::Generator => "generator expression",
            };
            return fail(ErrorKind::Syntax, loc, format!("'yield' inside {what}"));
        }
        self.cur().generator = c.kind == CompKind::Generator;
        let is_async = self.cur().coroutine && c.kind != CompKind::Generator;
        self.cur = outer;
        if is_async {
            self.cur().coroutine = true;
        }
        Ok(())
    }

    fn targets(&mut self, t: &Expr) -> R {
        self.cur().comp_target = true;
        let r = self.expr(t);
        self.cur().comp_target = false;
        r
    }
}
