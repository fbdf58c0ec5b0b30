//! What an `__init__` does that native code need not call: it stores its arguments, constants, globals and new
//! lists, and calls the next class's `__init__` through `super()`, which is of the same kind, an exception's
//! own, or `object`'s.

use super::Builder;
use super::bind::{Known as Callee, Source, bind};
use super::seq::Known;
use crate::code::opcode::Opcode;
use crate::interp::attr::Seen;
use crate::interp::executable::{Executable, QInstr, Spec};
use crate::object::Value;

/// Functions that call each other so; items of a list.
const MOST_NEST: u32 = 6;
const MOST_ITEMS: u32 = 8;

/// `__init__`s of builtin classes that native code knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Builtin {
    /// Does nothing, without arguments.
    Object,
    /// Keeps the arguments.
    Exception,
}

/// A value that is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// An argument of the call; 0 is the object.
    Arg(usize),
    Const(u64),
    /// One of `Plain`'s globals, and of its lists.
    Global(usize),
    List(usize),
}

/// What lies on the stack of such a function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Field(Field),
    /// `super()` in a method of this class.
    Super(u64),
    /// What that has as `__init__`, not bound.
    Init(u64),
}

/// A global by the cell that the interpreter found; of a builtin the module's globals, and the version of their keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Global {
    pub cell: u64,
    pub builtin: Option<(u64, u64)>,
}

/// The object that a call makes.
pub(super) struct Plain {
    /// Its last shape, and what is in its slots.
    pub shape: u32,
    pub slots: Vec<(u32, Field)>,
    /// Of an exception: its arguments, if those are not the call's.
    pub args: Option<Vec<Field>>,
    pub globals: Vec<Global>,
    pub lists: Vec<Vec<Field>>,
    /// What that rests on: functions and their versions, globals that are these objects, cells' contents.
    pub functions: Vec<(u64, u64)>,
    pub callees: Vec<(usize, u64)>,
    pub cells: Vec<(u64, u64)>,
    /// Levels of recursion that the call takes.
    pub levels: u32,
}

impl<'a> Builder<'a> {
    /// What a call of the class with `n` arguments makes; none if its `__init__` does more than that.
    pub(super) fn plain(&self, n: usize, e: &Seen) -> Option<Plain> {
        let mut made = Plain {
            shape: e.shape,
            slots: Vec::new(),
            args: None,
            globals: Vec::new(),
            lists: Vec::new(),
            functions: Vec::new(),
            callees: Vec::new(),
            cells: Vec::new(),
            levels: 1,
        };
        if e.value == 0 {
            return (n == 0 || e.exception).then_some(made);
        }
        let args: Vec<Field> = (0..=n).map(Field::Arg).collect();
        self.follow(e, e.value, &args, 1, &mut made)?;
        Some(made)
    }

    /// Follows one `__init__`, called with these arguments.
    fn follow(
        &self,
        e: &Seen,
        function: u64,
        args: &[Field],
        nest: u32,
        made: &mut Plain,
    ) -> Option<()> {
        if nest > MOST_NEST {
            return None;
        }
        let version = self.env.version(function)?;
        let c = self.env.callee(function)?;
        let exec = c.exec.unwrap_or(self.exec);
        if exec.ncells > 0 || exec.makes.is_some() {
            return None;
        }
        let known = Callee::Function {
            word: function,
            version,
        };
        let params = bind(&*self.env, exec, &c, known, args.len(), &[])?;
        let locals: Option<Vec<Field>> = params
            .iter()
            .map(|s| match s {
                Source::Arg(k) => args.get(*k).copied(),
                Source::Const(w) => Some(Field::Const(*w)),
                _other => None,
            })
            .collect();
        let locals = locals?;
        if locals.first() != Some(&Field::Arg(0)) {
            return None;
        }
        made.functions.push((function, version));
        // The frame, and what it calls.
        made.levels = made.levels.max(nest + 1);
        let mut stack: Vec<Item> = Vec::new();
        for q in &exec.instrs {
            match q.opcode() {
                Opcode::NOP => {}
                Opcode::LOAD_FAST => {
                    stack.push(Item::Field(*locals.get(q.arg as usize)?));
                }
                Opcode::LOAD_CONST => stack.push(Item::Field(Field::Const(q.cache0.get()))),
                Opcode::LOAD_GLOBAL => {
                    let g = self.global_in(function, q)?;
                    let at = made.globals.iter().position(|x| *x == g);
                    let at = at.unwrap_or_else(|| {
                        made.globals.push(g);
                        made.globals.len() - 1
                    });
                    stack.push(Item::Field(Field::Global(at)));
                }
                Opcode::BUILD_LIST if q.arg <= MOST_ITEMS => {
                    let at = stack.len().checked_sub(q.arg as usize)?;
                    let items = stack.split_off(at).into_iter().map(stored);
                    made.lists.push(items.collect::<Option<_>>()?);
                    stack.push(Item::Field(Field::List(made.lists.len() - 1)));
                }
                Opcode::CALL_FUNCTION if q.arg == 0 => {
                    let Item::Field(Field::Global(g)) = stack.pop()? else {
                        return None;
                    };
                    let callee = q.cache0.get();
                    if self.env.known(callee) != Some(Known::Super) {
                        return None;
                    }
                    made.callees.push((g, callee));
                    let cell = *c.closure.get(class_cell(exec)?)?;
                    let class = self.env.in_cell(cell);
                    made.cells.push((cell, class));
                    stack.push(Item::Super(class));
                    made.levels = made.levels.max(nest + 2);
                }
                Opcode::LOAD_METHOD => {
                    let Item::Super(class) = stack.pop()? else {
                        return None;
                    };
                    let name = self.name_in(function, q)?;
                    if !self.env.is_text(name, b"__init__") {
                        return None;
                    }
                    let found = self.env.of_order(e.class, name, Some(class))?;
                    stack.extend([Item::Init(found), Item::Field(Field::Arg(0))]);
                }
                Opcode::CALL_METHOD => {
                    let at = stack.len().checked_sub(q.arg as usize + 1)?;
                    let args = stack.split_off(at);
                    let Item::Init(found) = stack.pop()? else {
                        return None;
                    };
                    let fields: Option<Vec<Field>> =
                        args.iter().skip(1).map(|i| stored(*i)).collect();
                    let mut fields = fields?;
                    match self.env.builtin_init(found) {
                        Some(Builtin::Exception) if e.exception => made.args = Some(fields),
                        Some(Builtin::Object) if fields.is_empty() && !e.exception => {}
                        Some(_) => return None,
                        None => {
                            fields.insert(0, Field::Arg(0));
                            self.follow(e, found, &fields, nest + 1, made)?;
                        }
                    }
                    made.levels = made.levels.max(nest + 2);
                    stack.push(Item::Field(Field::Const(Value::NONE.bits())));
                }
                Opcode::POP_TOP => {
                    stack.pop()?;
                }
                Opcode::STORE_ATTR => {
                    if stack.pop()? != Item::Field(Field::Arg(0)) {
                        return None;
                    }
                    let v = stored(stack.pop()?)?;
                    let name = self.name_in(function, q)?;
                    let old = made.slots.len();
                    let (index, next) = self.env.adds(e.class, made.shape, name)?;
                    made.slots.push((index, v));
                    made.shape = next;
                    debug_assert!(made.slots[..old].iter().all(|(at, _)| *at != index));
                }
                Opcode::RETURN_VALUE => {
                    let none = stack.pop()? == Item::Field(Field::Const(Value::NONE.bits()));
                    return none.then_some(());
                }
                _anything_else => return None,
            }
        }
        None
    }

    /// The name that an instruction of a function has.
    fn name_in(&self, function: u64, q: &QInstr) -> Option<u64> {
        let (name, _) = self.env.scope_of(function, q.arg)?;
        Some(name)
    }
    /// The global that it loads.
    fn global_in(&self, function: u64, q: &QInstr) -> Option<Global> {
        let builtin = match q.spec()? {
            Spec::LOAD_GLOBAL_CELL => None,
            Spec::LOAD_GLOBAL_BUILTIN => Some(q.cache1.get()),
            _other => return None,
        };
        let (_, globals) = self.env.scope_of(function, q.arg)?;
        Some(Global {
            cell: q.cache0.get(),
            builtin: builtin.map(|version| (globals, version)),
        })
    }
}

/// What may be stored: not the object, which is not there yet.
fn stored(i: Item) -> Option<Field> {
    match i {
        Item::Field(f) if f != Field::Arg(0) => Some(f),
        Item::Field(_) | Item::Super(_) | Item::Init(_) => None,
    }
}

/// Which free variable is `__class__`.
pub(super) fn class_cell(exec: &Executable) -> Option<usize> {
    let mut free = exec.code.freevars.iter();
    free.position(|n| n.as_bytes() == b"__class__")
}
