//! Stack bytecode to SSA, in one abstract interpretation of locals, value stack and block nesting.
//!
//! The files mirror `interp/ops` name for name; `guard` is where speculation starts. The abstract frame
//! holds an SSA value, boxed or not, for each variable and slot; a guard renames the value in the whole
//! frame, so that a variable once seen to be an int stays one. Basic blocks are visited in reverse
//! post-order; where ways meet, what differs becomes a block parameter; at a loop header everything does.
//!
//! An exception that a `try` catches goes to its handler natively, also where it is raised within another
//! handler or `finally` body, or in a function inlined in the `try`.

mod arith;
mod attr;
pub mod bind;
mod block;
mod call;
mod cfg;
mod complex;
mod display;
mod each;
mod fork;
mod frame;
mod generator;
mod global;
mod guard;
pub mod init;
mod inline;
pub use inline::MAX_NEST;
mod iter;
mod make;
mod name;
mod seq;
mod slice;
mod step;
#[cfg(test)]
mod tests;
mod text;
mod with;

use crate::code::opcode::Opcode;
use crate::code::verify::NO_BLOCK;
use crate::interp::attr::Seen;
use crate::interp::executable::{Executable, QInstr};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::frame_state::Kind;
use crate::jit::ssa::func::{Const, Entry, Frame as FrameInfo, Func, Imm, InstData, Sig};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, ConstId, FrameId, Inst, StateId, Ty, Val};
use crate::object::Value;
use crate::protocol::special::Special;
use bind::Callee;
use cfg::{Bound, Catches, Cfg, NONE};
pub use cfg::{turns, way};
use frame::{Edge, Frame, Loop, Slot};
pub use seq::Known;

/// A function that may be inlined.
pub struct Inlined<'a> {
    pub exec: &'a Executable,
    pub env: Box<dyn BuildEnv<'a> + 'a>,
}

/// What the builder asks the engine. Words are those of `Value`s.
pub trait BuildEnv<'a> {
    /// Whether there is feedback to bet on.
    fn speculate(&self) -> bool;
    /// Whether the code counts fuel.
    fn fuel(&self) -> bool;
    /// Whether calls of builtins are counted.
    fn counts(&self) -> bool {
        false
    }
    /// Whether the code marks what it runs.
    fn coverage(&self) -> bool {
        false
    }
    /// Whether a program may ask for the frames of what was caught.
    fn frames(&self) -> bool {
        false
    }
    /// The globals of the function.
    fn globals(&self) -> u64;
    /// The namespace of module code, or 0.
    fn namespace(&self) -> u64;
    /// The code object.
    fn code(&self) -> u64;
    /// `co_names[i]`, an interned str.
    fn name(&self, i: u32) -> u64;
    /// How a constant is shown in SSA text.
    fn describe(&self, object: u64) -> String;
    /// The number of an Int64 object.
    fn int64(&self, object: u64) -> Option<i64>;
    /// A function, or the code object of functions, that may be called natively.
    fn callee(&self, object: u64) -> Option<Callee<'a>>;
    /// Whether `callee` would give the function that this unit is made from.
    fn is_own(&self, object: u64) -> bool;
    /// The items of a tuple of names; none if that is not what it is.
    fn items(&self, tuple: u64) -> Option<Vec<u64>>;
    /// Whether the word is a str's.
    fn is_str(&self, word: u64) -> bool;
    /// The characters of a str that is all ASCII, a bit for each.
    fn ascii(&self, _word: u64) -> Option<[u64; 2]> {
        None
    }
    /// How many free variables a code object has; none unless it is one and the other word a str.
    fn frees(&self, code: u64, name: u64) -> Option<usize>;
    /// Whether calls of functions of that code and of the globals here give generators, and take just so many
    /// arguments and cells.
    fn is_generator(&self, _code: u64, _args: usize, _frees: usize) -> bool {
        false
    }
    /// Whether a str is this text.
    fn is_text(&self, str: u64, text: &[u8]) -> bool;
    /// The code and the environment of such a function, if it may be built into its caller.
    fn inline(&self, _object: u64) -> Option<Inlined<'a>> {
        None
    }
    /// Whether the unit is wanted soon rather than fast.
    fn draft(&self) -> bool {
        false
    }
    /// Whether the entry of an inlined function does anything.
    fn entries(&self) -> bool {
        self.fuel()
    }
    /// What this callee is, if native code knows it.
    fn known(&self, _object: u64) -> Option<Known> {
        None
    }
    /// What the site of an attribute, or of a call of a class, in this code has found.
    fn seen(&self, _exec: &Executable, _q: &QInstr) -> Vec<Seen> {
        Vec::new()
    }
    /// The address of that site.
    fn site(&self, _q: &QInstr) -> Option<u64> {
        None
    }
    /// What the classes in the order of `class` have of a name, from behind `after` on, if that is one; 0: they
    /// have nothing. None: nobody has looked yet.
    fn of_order(&self, _class: u64, _name: u64, _after: Option<u64>) -> Option<u64> {
        None
    }
    /// The class of instances of this shape, and its version.
    fn class_of_shape(&self, _shape: u32) -> Option<(u64, u64)> {
        None
    }
    /// The name of a special method, if anybody has asked for it yet.
    fn special(&self, _name: Special) -> Option<u64> {
        None
    }
    /// Which `__init__` of a builtin class this is.
    fn builtin_init(&self, _object: u64) -> Option<init::Builtin> {
        None
    }
    /// A function's `co_names[i]`, and its globals.
    fn scope_of(&self, _function: u64, _i: u32) -> Option<(u64, u64)> {
        None
    }
    /// The function that a global's cell holds, if it is likely to keep it; 0: none.
    fn settled(&self, _cell: u64) -> u64 {
        0
    }
    /// What is in a closure's cell, or a global's.
    fn in_cell(&self, _cell: u64) -> u64 {
        0
    }
    /// The slot that an attribute of that name gets which an instance of this shape gains, and its shape then.
    fn adds(&self, _class: u64, _shape: u32, _name: u64) -> Option<(u32, u32)> {
        None
    }
    /// The version of a function.
    fn version(&self, _function: u64) -> Option<u64> {
        None
    }
    /// The getter of a property.
    fn getter(&self, _property: u64) -> u64 {
        0
    }
    /// Whether a bet of this kind has been lost at that instruction too often.
    fn burnt(&self, pc: u32, r: Reason) -> bool;
}

/// Where the unit begins.
#[derive(Clone, Copy)]
pub enum Start<'a> {
    Function,
    /// At a loop header; `types` are the feedback bits of the frame's slots and stack right now, 0
    /// where nothing is.
    Loop {
        pc: u32,
        types: &'a [u8],
    },
    /// Where a generator goes on, or starts.
    Resume {
        pc: u32,
    },
}

/// Why a function is not compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decline {
    /// More instructions or variables than are worth the time and the memory.
    TooLarge,
}

/// Instructions past which a function is declined, and instructions times frame slots: each exit
/// remembers each slot.
pub const MAX_INSTRS: usize = 20_000;
pub const MAX_ENTRIES: usize = 1 << 20;

/// Builds a unit.
///
/// # Errors
/// Why it is declined.
pub fn build<'a>(
    exec: &'a Executable,
    start: Start<'_>,
    env: &'a dyn BuildEnv<'a>,
) -> Result<Func, Decline> {
    if exec.instrs.len() > MAX_INSTRS || exec.instrs.len() * exec.slots as usize > MAX_ENTRIES {
        return Err(Decline::TooLarge);
    }
    let guess = match start {
        Start::Function if env.speculate() => call::guess_return(exec, env),
        Start::Function | Start::Loop { .. } | Start::Resume { .. } => Ty::Val,
    };
    let mut b = Builder::new(exec, start, env, guess, Catches::All);
    b.run(start);
    for less in [Catches::Plain, Catches::None] {
        if b.late {
            // The handlers made a tangle of loops: without them there is less of one.
            b = Builder::new(exec, start, env, guess, less);
            b.run(start);
        }
    }
    b.func.order = b.func.rpo();
    Ok(b.func)
}

/// The signature that a function's unit will have.
pub fn signature<'a>(exec: &'a Executable, env: &'a dyn BuildEnv<'a>) -> Sig {
    let ret = call::guess_return(exec, env);
    Builder::new(exec, Start::Function, env, ret, Catches::All)
        .func
        .sig
}

/// Whose function is built right now.
enum Whose<'a> {
    Unit(&'a dyn BuildEnv<'a>),
    Inlined(Box<dyn BuildEnv<'a> + 'a>),
}
impl<'a> std::ops::Deref for Whose<'a> {
    type Target = dyn BuildEnv<'a> + 'a;
    fn deref(&self) -> &(dyn BuildEnv<'a> + 'a) {
        match self {
            Whose::Unit(e) => *e,
            Whose::Inlined(e) => &**e,
        }
    }
}

struct Builder<'a> {
    func: Func,
    // Of the function that is built right now: `inline` puts others in their place for a while.
    exec: &'a Executable,
    env: Whose<'a>,
    /// Its frame in states, and the state of the call that it is inlined at.
    id: FrameId,
    parent: Option<StateId>,
    /// Where an inlined function returns: blocks without their terminators, and the values.
    returns: Vec<(Block, Val)>,
    nlocals: usize,
    bound: Bound,
    cfg: Cfg,
    /// Edges to blocks that are not begun, by block.
    edges: Vec<Vec<Edge>>,
    /// Loop headers that are begun, by block.
    loops: Vec<Option<Loop>>,
    /// Blocks before this one, in their order, have had their turn.
    turn: usize,
    frame: Frame,
    /// The instruction of the bytecode, and its state `at` if it is made and still holds.
    pc: u32,
    at_state: Option<StateId>,

    // Of the whole unit.
    /// Functions that are inlined in each other here, the unit's own first, and instructions inlined so far.
    nest: Vec<&'a Executable>,
    spent: usize,
    /// Ways that were built for sites that know several receivers; and such sites that are in each other.
    forks: usize,
    forked: usize,
    /// An edge came back to a block that nothing had reached at its turn, or that is no loop's header: the
    /// interpreter takes it.
    late: bool,
    /// Whether exceptions go to handlers natively.
    catches: Catches,
    /// This function is inlined where a handler catches what it raises; what has left it.
    escapes: bool,
    throws: Vec<block::Thrown>,
    /// The block that instructions go to.
    block: Block,
    ended: bool,
}

impl<'a> Builder<'a> {
    fn new(
        exec: &'a Executable,
        start: Start<'_>,
        env: &'a dyn BuildEnv<'a>,
        ret: Ty,
        catches: Catches,
    ) -> Self {
        let v = &exec.verified;
        let nargs = exec.code.total_args();
        let ncells = exec.ncells;
        let code = &exec.code;
        // An argument that a cell stands for has been moved there.
        let celled: Vec<u32> = (0..ncells as usize)
            .filter_map(|c| code.cell2arg(c))
            .collect();
        let bound = Bound::new(v, exec.nlocals, |l| l < nargs && !celled.contains(&l));
        let (entry, pc) = match start {
            Start::Function => (Entry::Function, 0),
            Start::Loop { pc, .. } => (Entry::Loop { pc }, pc),
            Start::Resume { pc } => (Entry::Resume { pc }, pc),
        };
        let params = match start {
            Start::Function => (0..nargs)
                .map(|l| match celled.contains(&l) {
                    true => Ty::Val,
                    false => guard::param_type(exec, env, l),
                })
                .collect(),
            Start::Loop { .. } | Start::Resume { .. } => Vec::new(),
        };
        let cfg = Cfg::new(v, pc, catches, matches!(start, Start::Loop { .. }));
        let n = cfg.blocks.len();
        let name = code.name.to_string();
        let mut func = Func::new(name, entry, Sig { params, ret });
        let c = object(&mut func, env, env.code());
        func.frames.push(FrameInfo {
            code: c,
            locals: exec.nlocals,
            cells: ncells,
            frees: exec.nfrees,
            stack: v.max_depth,
        });
        Builder {
            exec,
            env: Whose::Unit(env),
            id: FrameId(0),
            parent: None,
            returns: Vec::new(),
            nest: vec![exec],
            spent: 0,
            forks: 0,
            forked: 0,
            func,
            nlocals: exec.nlocals as usize,
            bound,
            edges: (0..n).map(|_| Vec::new()).collect(),
            loops: vec![None; n],
            cfg,
            turn: 0,
            late: false,
            catches,
            escapes: false,
            throws: Vec::new(),
            block: Block(0),
            ended: false,
            frame: Frame::default(),
            pc,
            at_state: None,
        }
    }

    fn run(&mut self, start: Start<'_>) {
        self.block = self.func.new_block();
        match start {
            Start::Function => self.enter_function(),
            Start::Loop { pc, types } => self.enter_loop(pc, types),
            Start::Resume { pc } => self.enter_loop(pc, &[]),
        }
        self.body();
    }

    /// The blocks of the function that is built right now, from its current instruction on.
    fn body(&mut self) {
        self.goto(self.pc);
        for i in 0..self.cfg.blocks.len() {
            self.turn = i + 1;
            let edges = std::mem::take(&mut self.edges[i]);
            let (first, end, header) = {
                let b = &self.cfg.blocks[i];
                (b.start, b.end, b.header)
            };
            self.pc = first;
            self.at_state = None;
            let mut edges = edges;
            match edges.len() {
                // Every way here turned out cold.
                0 => continue,
                1 => {
                    let e = edges.remove(0);
                    self.block = e.from;
                    self.frame = e.frame;
                }
                _ => self.merge(&edges),
            }
            if header {
                let l = self.begin_loop();
                self.loops[i] = Some(l);
                self.at_state = None;
            }
            self.ended = false;
            let mut pc = first;
            while pc < end {
                self.instr(pc);
                if self.ended {
                    break;
                }
                // Several may have been done at once.
                pc = self.pc + 1;
            }
            if !self.ended {
                self.goto(end);
            }
        }
    }

    /// One instruction of the bytecode.
    fn instr(&mut self, pc: u32) {
        self.reach(pc);
        self.step();
    }

    /// Goes on to this instruction.
    fn reach(&mut self, pc: u32) {
        self.pc = pc;
        self.at_state = None;
        if self.env.coverage() {
            let op = Imm::Opc(self.op());
            self.push(InstData::new(Op::Cover, &[]).imm(op));
        }
    }

    /// Arguments in their representations, then cells and free variables.
    fn enter_function(&mut self) {
        let nargs = self.func.sig.params.len();
        for i in 0..nargs {
            let v = self.func.add_param(self.block, self.func.sig.params[i]);
            let s = match self.bound.at(0, i as u32) {
                true => Slot::Bound(v),
                false => Slot::Empty,
            };
            self.frame.slots.push(s);
        }
        self.frame.slots.resize(self.nlocals, Slot::Empty);
        for _ in 0..self.exec.ncells + self.exec.nfrees {
            let v = self.func.add_param(self.block, Ty::Val);
            self.frame.slots.push(Slot::Bound(v));
        }
        let s = self.at();
        let fuel = Imm::Idx(self.env.fuel() as u32);
        self.push(
            InstData::new(Op::Enter, &[])
                .imm(fuel)
                .exit(Reason::Poll, s),
        );
        for i in 0..nargs {
            if let Slot::Bound(v) = self.frame.slots[i] {
                self.whole(i, v);
            }
        }
    }

    /// The frame as the interpreter left it, guarded to what it holds right now.
    fn enter_loop(&mut self, pc: u32, types: &[u8]) {
        let n = self.nlocals + (self.exec.ncells + self.exec.nfrees) as usize;
        for i in 0..n {
            let v = self.func.add_param(self.block, Ty::Val);
            let bound = i >= self.nlocals || self.bound.at(pc, i as u32);
            self.frame.slots.push(if bound {
                Slot::Bound(v)
            } else {
                Slot::Maybe(v)
            });
        }
        for _ in 0..self.exec.verified.depth[pc as usize] {
            let v = self.func.add_param(self.block, Ty::Val);
            self.frame.stack.push(v);
        }
        let vals: Vec<(Slot, bool)> = self
            .frame
            .slots
            .iter()
            .map(|s| (*s, false))
            .chain(self.frame.stack.iter().map(|v| (Slot::Bound(*v), true)))
            .collect();
        for ((slot, _stack), &bits) in vals.iter().zip(types) {
            self.guard_entry(*slot, bits);
        }
    }

    // ---- emitting

    fn push(&mut self, d: InstData) -> Inst {
        let mut d = if d.op == Op::State { d } else { d.at(self.pc) };
        d.frame = self.id;
        let ends = d.op.ends_states();
        if d.op.is_term() {
            self.ended = true;
        }
        if ends {
            self.at_state = None;
        }
        self.func.push(self.block, d)
    }
    /// Emits an instruction with one result.
    fn one(&mut self, d: InstData) -> Val {
        let i = self.push(d);
        self.func.insts[i.index()].result()
    }
    /// A pure instruction.
    fn pure(&mut self, op: Op, args: &[Val]) -> Val {
        self.one(InstData::new(op, args))
    }
    /// An instruction that may leave at the current one.
    fn guarded(&mut self, op: Op, args: &[Val], r: Reason) -> Val {
        let s = self.at();
        self.one(InstData::new(op, args).exit(r, s))
    }
    /// Emits a runtime call whose operands are the topmost `drop` slots (boxed already in `d`).
    fn rt(&mut self, drop: usize, d: InstData) -> Inst {
        let s = self.new_state(Kind::In, drop);
        let ends = d.op.is_term();
        let i = self.push(d.state(s));
        if !ends {
            self.catch(true);
        }
        i
    }
    /// The same for an op with one result, which takes the operands' place.
    fn rt_push(&mut self, drop: usize, d: InstData) {
        let i = self.rt(drop, d);
        let v = self.func.insts[i.index()].result();
        self.drop(drop);
        self.frame.stack.push(v);
    }
    fn int(&mut self, i: i64) -> Val {
        self.one(InstData::new(Op::ConstI64, &[]).imm(Imm::Int(i)))
    }
    /// A constant as the value it is best used as.
    fn constant(&mut self, bits: u64) -> Val {
        let Some(v) = Value::from_bits(bits) else {
            return self.one(InstData::new(Op::ConstEmpty, &[]));
        };
        if let Some(i) = v.as_small_int() {
            return self.int(i);
        }
        if let Some(f) = v.as_float() {
            return self.one(InstData::new(Op::ConstF64, &[]).imm(Imm::Float(f.to_bits())));
        }
        if let Some(b) = v.as_bool() {
            return self.one(InstData::new(Op::ConstBool, &[]).imm(Imm::Bool(b)));
        }
        if v.is_object()
            && let Some(i) = self.env.int64(bits)
        {
            return self.int(i);
        }
        self.word(bits)
    }
    /// A constant as a word.
    fn word(&mut self, bits: u64) -> Val {
        let c = object(&mut self.func, &*self.env, bits);
        self.one(InstData::new(Op::ConstVal, &[]).imm(Imm::Const(c)))
    }
    fn pool(&mut self, bits: u64) -> ConstId {
        object(&mut self.func, &*self.env, bits)
    }
    fn name(&mut self, i: u32) -> Imm {
        let bits = self.env.name(i);
        Imm::Const(self.pool(bits))
    }
    /// Leaves for good.
    fn exit(&mut self, r: Reason) {
        let s = self.at();
        self.push(InstData::new(Op::Exit, &[]).exit(r, s));
    }

    // ---- the frame

    /// The `n`th value from the top, 1 the topmost.
    fn peek(&self, n: usize) -> Val {
        self.frame.stack[self.frame.stack.len() - n]
    }
    fn drop(&mut self, n: usize) {
        let len = self.frame.stack.len() - n;
        self.frame.stack.truncate(len);
    }
    fn open_block(&self) -> bool {
        self.exec.verified.block[self.pc as usize] != NO_BLOCK
    }
    fn q(&self) -> &'a QInstr {
        &self.exec.instrs[self.pc as usize]
    }
    fn op(&self) -> Opcode {
        self.exec.verified.instrs[self.pc as usize].op
    }
    fn arg(&self) -> u32 {
        self.q().arg
    }

    // ---- going on elsewhere

    /// Goes to instruction `to` from the end of the current block, with the current frame.
    fn goto(&mut self, to: u32) {
        self.ended = true;
        let bb = self.cfg.block_of[to as usize];
        if bb == NONE {
            // Out of the loop that the unit is made for.
            return self.leave_for(to, Reason::LoopLeft);
        }
        if let Some(l) = self.loops[bb as usize].clone() {
            self.back(&l);
            return;
        }
        if (bb as usize) < self.turn {
            self.late = true;
            return self.leave_for(to, Reason::ColdPath);
        }
        let e = Edge {
            from: self.block,
            frame: self.frame.clone(),
        };
        self.edges[bb as usize].push(e);
    }

    /// Leaves at instruction `to`, which is gone on to from here.
    fn leave_for(&mut self, to: u32, r: Reason) {
        let here = std::mem::replace(&mut self.pc, to);
        self.at_state = None;
        let s = self.at();
        self.pc = here;
        self.push(InstData::new(Op::Exit, &[]).exit(r, s));
    }

    /// A jump of the bytecode that was taken: a backward one burns fuel and polls before anything else
    /// of it happens. `before` is the frame in which the interpreter can execute the jump anew.
    fn jump(&mut self, to: u32, before: &Frame) {
        if to <= self.pc {
            let after = std::mem::replace(&mut self.frame, before.clone());
            self.at_state = None;
            let s = self.at();
            self.push(InstData::new(Op::Poll, &[]).exit(Reason::Poll, s));
            if self.env.fuel() {
                let one = Imm::Idx(1);
                self.push(
                    InstData::new(Op::Charge, &[])
                        .imm(one)
                        .exit(Reason::Fuel, s),
                );
            }
            self.frame = after;
            self.at_state = None;
        }
        self.goto(to);
    }
}

/// The pool's entry of a word.
fn object(func: &mut Func, env: &dyn BuildEnv<'_>, bits: u64) -> ConstId {
    let is_object = Value::from_bits(bits).is_some_and(Value::is_object);
    func.add_const(match is_object {
        true => Const::Object {
            bits,
            text: env.describe(bits),
        },
        false => Const::Imm(bits),
    })
}
