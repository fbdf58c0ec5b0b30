//! The code object being generated: basic blocks, name tables, emission.

use super::consts::ConstTable;
use super::error::ErrorKind;
use super::finally::FBlock;
use super::fold::truth;
use super::lower::{Fail, fail};
use super::parts::Watch;
use super::symtab::{Block as ScopeBlock, Place, SymTable};
use super::tree::*;
use crate::code::object::{CodeObject, Const};
use crate::code::opcode::Opcode;
use std::collections::HashMap;
use std::sync::Arc;

/// Number of a basic block in its unit; they are numbered as they are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockId(pub u32);

/// An instruction before assembly.
#[derive(Clone, Copy, Debug)]
pub struct Ins {
    pub op: Opcode,
    pub arg: u32,
    /// Where it jumps, or its handler.
    pub target: Option<BlockId>,
    /// Its line, if it is the first instruction of that line; or 0.
    pub line: u32,
}

/// A run of instructions entered at its start only.
#[derive(Default)]
pub struct BasicBlock {
    pub ins: Vec<Ins>,
    /// The block that follows in the source.
    pub next: Option<BlockId>,
    /// Holds a RETURN_VALUE.
    pub returns: bool,
}

/// What a unit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

/// Names in the order they were first asked for.
#[derive(Default)]
pub struct NameTable {
    map: HashMap<Sym, u32>,
    pub list: Vec<Sym>,
}

impl NameTable {
    /// A table with these names.
    pub fn of(list: Vec<Sym>) -> Self {
        let map = list
            .iter()
            .enumerate()
            .map(|(i, &n)| (n, i as u32))
            .collect();
        NameTable { map, list }
    }
    /// The index of a name, added if it is new.
    pub fn add(&mut self, n: Sym) -> u32 {
        let next = self.list.len() as u32;
        *self.map.entry(n).or_insert_with(|| {
            self.list.push(n);
            next
        })
    }
    /// The index of a name that is there.
    pub fn get(&self, n: Sym) -> Option<u32> {
        self.map.get(&n).copied()
    }
}

/// A code object being made.
pub struct Unit {
    pub kind: UnitKind,
    pub scope: ScopeId,
    pub name: Sym,
    pub qualname: String,
    /// The class whose private names are mangled here.
    pub private: Option<Sym>,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub consts: ConstTable,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    pub blocks: Vec<BasicBlock>,
    pub cur: BlockId,
    pub fblocks: Vec<FBlock>,
    pub firstlineno: u32,
    pub line: u32,
    pub pos: u32,
    /// The current line has been given to an instruction.
    pub line_set: bool,
}

/// The code generator.
pub struct Codegen<'a> {
    pub watch: &'a Watch<'a>,
    pub names: &'a mut Interner,
    pub table: &'a SymTable,
    pub filename: Arc<str>,
    /// `co_flags` bits every unit gets.
    pub base_flags: u32,
    /// `Options::optimize`
    pub optimize: u8,
    /// Compiling for the prompt: expression statements of the module are echoed.
    pub interactive: bool,
    /// Above 0, code is visited for its errors and names, but not emitted.
    pub dead: u32,
    pub warnings: Vec<super::Warning>,
    /// The current unit is the last.
    pub units: Vec<Unit>,
    /// `__class__`, `__doc__`, … once.
    pub words: Words,
}

/// Identifiers the generator itself needs.
#[derive(Clone, Copy)]
pub struct Words {
    pub doc: Sym,
    pub annotations: Sym,
    pub assertion_error: Sym,
    pub module: Sym,
    pub qualname: Sym,
    pub name: Sym,
    pub class: Sym,
    pub classcell: Sym,
    pub return_: Sym,
    pub empty: Sym,
}

impl Words {
    /// Interns them.
    pub fn new(names: &mut Interner) -> Self {
        Words {
            doc: names.intern("__doc__"),
            annotations: names.intern("__annotations__"),
            assertion_error: names.intern("AssertionError"),
            module: names.intern("__module__"),
            qualname: names.intern("__qualname__"),
            name: names.intern("__name__"),
            class: names.intern("__class__"),
            classcell: names.intern("__classcell__"),
            return_: names.intern("return"),
            empty: names.intern(""),
        }
    }
}

pub type R<T = ()> = Result<T, Fail>;

/// The value of a test known at compile time.
pub fn constant_test(e: &Expr) -> Option<bool> {
    e.as_const().map(truth)
}

impl Codegen<'_> {
    /// The unit being generated.
    pub fn u(&mut self) -> &mut Unit {
        match self.units.last_mut() {
            Some(u) => u,
            None => unreachable!("code is generated inside a unit"),
        }
    }

    /// Starts a unit.
    pub fn enter(&mut self, kind: UnitKind, name: Sym, scope: ScopeId, firstlineno: u32) {
        let s = self.table.scope(scope);
        let mut cells = s.cellvars(self.names);
        if s.needs_class {
            cells.push(self.words.class);
        }
        let free = s.freevars(self.names);
        let qualname = self.qualname(kind, name);
        let private = match kind {
            UnitKind::Class => Some(name),
            _ => self.units.last().and_then(|u| u.private),
        };
        let params = s.params.clone();
        self.units.push(Unit {
            kind,
            scope,
            name,
            qualname,
            private,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            consts: ConstTable::default(),
            names: NameTable::default(),
            varnames: NameTable::of(params),
            cellvars: NameTable::of(cells),
            freevars: NameTable::of(free),
            blocks: vec![BasicBlock::default()],
            cur: BlockId(0),
            fblocks: Vec::new(),
            firstlineno,
            line: 0,
            pos: 0,
            line_set: false,
        });
    }

    fn qualname(&mut self, kind: UnitKind, name: Sym) -> String {
        let own = self.names.name(name);
        // In a module, the name is the qualified name.
        if self.units.len() < 2 {
            return own.to_string();
        }
        let (private, scope) = match self.units.last() {
            Some(p) => (p.private, p.scope),
            None => return own.to_string(),
        };
        if matches!(
            kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class
        ) {
            let mangled = self.names.mangle(private, name);
            if self.table.scope(scope).place(mangled) == Some(Place::GlobalExplicit) {
                return own.to_string();
            }
        }
        let parent = self.u();
        let base = &parent.qualname;
        match parent.kind {
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda => {
                format!("{base}.<locals>.{own}")
            }
            UnitKind::Module | UnitKind::Class | UnitKind::Comprehension => {
                format!("{base}.{own}")
            }
        }
    }

    /// Ends the current unit: its code object, and its qualified name.
    pub fn leave(&mut self, add_none: bool) -> R<(Arc<CodeObject>, String)> {
        let code = self.assemble(add_none)?;
        let qualname = std::mem::take(&mut self.u().qualname);
        self.units.pop();
        Ok((Arc::new(code), qualname))
    }

    /// The kind of block the current unit's scope is.
    pub fn scope_block(&mut self) -> ScopeBlock {
        let scope = self.u().scope;
        self.table.scope(scope).block
    }

    /// An error at the current place.
    pub fn error<T>(&mut self, msg: impl Into<String>) -> R<T> {
        let u = self.u();
        let loc = Loc {
            line: u.line,
            pos: u.pos,
        };
        fail(ErrorKind::Syntax, loc, msg)
    }

    /// A new block, not yet anywhere.
    pub fn new_block(&mut self) -> BlockId {
        let u = self.u();
        u.blocks.push(BasicBlock::default());
        BlockId(u.blocks.len() as u32 - 1)
    }

    /// Goes on in this block.
    pub fn use_next(&mut self, b: BlockId) {
        let u = self.u();
        let cur = u.cur.0 as usize;
        u.blocks[cur].next = Some(b);
        u.cur = b;
    }

    fn push(&mut self, op: Opcode, arg: u32, target: Option<BlockId>) {
        if self.dead > 0 {
            return;
        }
        let u = self.u();
        let line = if u.line_set { 0 } else { u.line };
        u.line_set = true;
        let cur = &mut u.blocks[u.cur.0 as usize];
        cur.returns |= op == Opcode::RETURN_VALUE;
        cur.ins.push(Ins {
            op,
            arg,
            target,
            line,
        });
    }

    /// Emits an instruction without operand.
    pub fn op(&mut self, op: Opcode) {
        self.push(op, 0, None);
    }
    /// Emits an instruction with a number.
    pub fn op_arg(&mut self, op: Opcode, arg: usize) {
        self.push(op, arg as u32, None);
    }
    /// Emits a jump, or the start of a protected block.
    pub fn jump(&mut self, op: Opcode, target: BlockId) {
        self.push(op, 0, Some(target));
    }

    /// The index of a constant.
    pub fn add_const(&mut self, c: Const) -> u32 {
        if self.dead > 0 {
            return 0;
        }
        self.u().consts.add(c)
    }
    /// Emits LOAD_CONST.
    pub fn load_const(&mut self, c: Const) {
        let arg = self.add_const(c);
        self.push(Opcode::LOAD_CONST, arg, None);
    }
    /// Emits LOAD_CONST of a name's text.
    pub fn load_name_const(&mut self, n: Sym) {
        let text = self.names.name(n);
        self.load_const(Const::Str((&*text).into()));
    }
    /// Emits an instruction on `co_names`, of a name mangled already.
    pub fn op_name_raw(&mut self, op: Opcode, name: Sym) {
        if self.dead > 0 {
            return;
        }
        let arg = self.u().names.add(name);
        self.push(op, arg, None);
    }
    /// Emits an instruction on `co_names`.
    pub fn op_name(&mut self, op: Opcode, name: Sym) {
        let private = self.u().private;
        let name = self.names.mangle(private, name);
        self.op_name_raw(op, name);
    }

    /// Loads, stores or deletes a variable.
    pub fn name_op(&mut self, name: Sym, ctx: Ctx) -> R {
        let private = self.u().private;
        let name = self.names.mangle(private, name);
        let scope = self.table.scope(self.u().scope);
        let function = scope.block == ScopeBlock::Function;
        let pick = |load, store, del| match ctx {
            Ctx::Load => load,
            Ctx::Store => store,
            Ctx::Del => del,
        };
        use Opcode::*;
        let place = scope.place(name);
        match place {
            Some(Place::Free | Place::Cell) => {
                let load = if scope.block == ScopeBlock::Class {
                    LOAD_CLASSDEREF
                } else {
                    LOAD_DEREF
                };
                let op = pick(load, STORE_DEREF, DELETE_DEREF);
                let arg = self.cell_index(name);
                self.push(op, arg, None);
            }
            Some(Place::Local) if function => {
                if self.dead == 0 {
                    let arg = self.u().varnames.add(name);
                    self.push(pick(LOAD_FAST, STORE_FAST, DELETE_FAST), arg, None);
                }
            }
            Some(Place::GlobalExplicit) | Some(Place::GlobalImplicit)
                if function || place == Some(Place::GlobalExplicit) =>
            {
                let arg = self.u().names.add(name);
                self.push(pick(LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL), arg, None);
            }
            Some(Place::Local | Place::GlobalExplicit | Place::GlobalImplicit) | None => {
                let arg = self.u().names.add(name);
                self.push(pick(LOAD_NAME, STORE_NAME, DELETE_NAME), arg, None);
            }
        }
        Ok(())
    }

    /// Index of a cell or free variable among both.
    pub fn cell_index(&mut self, name: Sym) -> u32 {
        let is_free = self.table.scope(self.u().scope).place(name) == Some(Place::Free);
        let u = self.u();
        let cells = u.cellvars.list.len() as u32;
        let in_cells = u.cellvars.get(name);
        let in_free = u.freevars.get(name).map(|i| i + cells);
        let found = if is_free {
            in_free.or(in_cells)
        } else {
            in_cells.or(in_free)
        };
        match found {
            Some(i) => i,
            None => unreachable!("the symbol table put the name among cells or free variables"),
        }
    }

    /// The cell a function made here closes over: a class's own `__class__`, even where the
    /// class body itself sees another one.
    pub fn closure_index(&mut self, name: Sym) -> u32 {
        if self.u().kind == UnitKind::Class
            && name == self.words.class
            && let Some(i) = self.u().cellvars.get(name)
        {
            return i;
        }
        self.cell_index(name)
    }

    /// Visits code that can never run: its names count, its instructions do not.
    pub fn dead_code(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        self.dead += 1;
        let r = f(self);
        self.dead -= 1;
        r
    }
}
