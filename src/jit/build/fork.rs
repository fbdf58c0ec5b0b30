//! Sites that know several receivers: their shapes are tested in turn, and each way goes on with what the name
//! means there. Receivers for which it means the same share one way. What no test finds leaves, or asks the
//! interpreter's site where that was lost too often.
//!
//! A method is called within its way: the instructions between LOAD_METHOD and its CALL_METHOD are built once for
//! each, where they are few and do not jump, so that each call knows its callee and the shape of its receiver.

use super::Builder;
use super::cfg::NONE;
use super::frame::{Edge, Frame};
use crate::code::opcode::{Opcode, SETS_LOCAL};
use crate::interp::attr::{Seen, Way};
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Imm, InstData};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Block, Ty, Val};

/// Ways in a unit; sites in each other; instructions from LOAD_METHOD to CALL_METHOD.
const MOST_FORKS: usize = 96;
const MOST_FORKED: usize = 4;
const MOST_BETWEEN: u32 = 32;

/// A receiver, and the arm that it is of.
pub(super) type Receiver<'e> = (Val, &'e [Seen]);

/// What a site knows that fits here.
pub(super) struct Ways {
    /// Receivers by what the name means for them.
    pub arms: Vec<Vec<Seen>>,
    /// Whether any other receiver leaves.
    pub exits: bool,
}

impl Ways {
    /// The one way that it can be.
    pub fn only(&self) -> Option<&[Seen]> {
        match &self.arms[..] {
            [arm] if self.exits => Some(arm),
            _several => None,
        }
    }
}

/// Whether a receiver is known by identity.
fn is_one(e: &Seen) -> bool {
    matches!(
        e.way,
        Way::Global | Way::OfClass | Way::ObjectOfClass | Way::MethodOfClass
    )
}

/// Whether the name means the same for both.
fn alike(a: &Seen, b: &Seen) -> bool {
    a.way == b.way
        && match a.way {
            Way::Slot => a.index == b.index,
            Way::Value | Way::Method | Way::Property => a.value == b.value,
            Way::Empty
            | Way::Dict
            | Way::Object
            | Way::ClassMethod
            | Way::Global
            | Way::OfClass
            | Way::ObjectOfClass
            | Way::MethodOfClass
            | Way::Add
            | Way::Item
            | Way::Held
            | Way::Args
            | Way::Make => false,
        }
}

impl Builder<'_> {
    /// What the site of this instruction has found, as far as that may be bet on; `serves` says of which entries
    /// native code can make use. No arms: nothing.
    pub(super) fn ways(&self, o: Val, serves: impl Fn(&Seen) -> bool) -> Ways {
        let q = self.q();
        let mut ways = Ways {
            arms: Vec::new(),
            // A site that has met more than it keeps sees others, too.
            exits: !self.env.burnt(self.pc, Reason::WrongShape) && !q.poly.get(),
        };
        if !self.env.speculate()
            || self.func.ty(o) != Ty::Val
            || self.env.burnt(self.pc, Reason::ClassChanged)
        {
            return ways;
        }
        let mut all = self.env.seen(self.exec, q);
        if ways.exits
            && let Some(known) = self.frame.shapes_of(self.func.root(o))
            && all.iter().any(|e| known.contains(&e.shape))
        {
            all.retain(|e| known.contains(&e.shape));
        }
        for e in all {
            if !serves(&e) {
                ways.exits = false;
            } else if let Some(arm) = ways.arms.iter_mut().find(|a| alike(&a[0], &e)) {
                arm.push(e);
            } else {
                ways.arms.push(vec![e]);
            }
        }
        ways
    }

    /// Notes which shapes an object may have from here on.
    pub(super) fn know(&mut self, o: Val, shapes: Vec<u32>) {
        let root = self.func.root(o);
        self.frame.know(root, shapes);
    }

    /// Leaves unless the receiver is one of this arm; gives it.
    pub(super) fn guard_arm(&mut self, o: Val, arm: &[Seen]) -> Val {
        if let [e] = arm {
            let w = self.guard_receiver(o, e, false);
            self.know(w, vec![e.shape]);
            return w;
        }
        let mut args = vec![o];
        for e in arm {
            let shape = self.int(e.shape as i64);
            let class = self.word(e.class);
            let version = self.int(e.version as i64);
            args.extend([shape, class, version]);
        }
        let s = self.at();
        let w = self.one(InstData::new(Op::GuardShapes, &args).exit(Reason::WrongShape, s));
        self.know(w, arm.iter().map(|e| e.shape).collect());
        w
    }

    /// Whether the receiver is one of this entry.
    fn test(&mut self, o: Val, e: &Seen) -> Val {
        if is_one(e) {
            let one = self.word(e.class);
            return self.pure(Op::IsVal, &[o, one]);
        }
        let shape = Imm::Int(e.shape as i64);
        self.one(InstData::new(Op::IsShape, &[o]).imm(shape))
    }

    /// Goes on where the receiver is one of this arm; gives it, and the block where it is none.
    fn test_arm(&mut self, o: Val, arm: &[Seen]) -> (Val, Block) {
        let mut found = Vec::new();
        for e in arm {
            let c = self.test(o, e);
            let (yes, no) = self.branch(c, true);
            self.block = yes;
            self.ended = false;
            self.at_state = None;
            if let [e] = arm {
                let w = self.guard_receiver(o, e, true);
                self.know(w, vec![e.shape]);
                return (w, no);
            }
            self.guard_version(e.class, e.version);
            found.push(self.block);
            self.block = no;
            self.at_state = None;
        }
        let no = self.block;
        let meet = self.func.new_block();
        for b in found {
            self.block = b;
            self.push(InstData::new(Op::Jump, &[]).target(meet, &[]));
        }
        self.block = meet;
        self.ended = false;
        self.at_state = None;
        let any = Imm::Int(-1);
        let w = self.one(InstData::new(Op::AsShape, &[o]).imm(any));
        self.know(w, arm.iter().map(|e| e.shape).collect());
        (w, no)
    }

    /// Builds each way, with the receiver in it, and after them, without one, what serves all others if they do
    /// not leave. Each takes `drop` values from the stack and pushes what it wants. The ways meet again.
    pub(super) fn each_way(
        &mut self,
        o: Val,
        ways: &Ways,
        drop: usize,
        build: &mut dyn FnMut(&mut Self, Option<Receiver<'_>>),
    ) {
        let pc = self.pc;
        self.forks += ways.arms.len();
        self.forked += 1;
        let mut o = o;
        if ways.exits && !ways.arms.iter().all(|a| is_one(&a[0])) {
            o = self.guarded(Op::GuardObject, &[o], Reason::WrongShape);
        }
        let before = self.frame.clone();
        let keep = before.stack.len() - drop;
        let mut edges = Vec::new();
        for (k, arm) in ways.arms.iter().enumerate() {
            let last = ways.exits && k + 1 == ways.arms.len();
            let (w, no) = match last {
                true => (self.guard_arm(o, arm), None),
                false => {
                    let (w, no) = self.test_arm(o, arm);
                    (w, Some(no))
                }
            };
            build(self, Some((w, arm)));
            self.close(&before, keep, &mut edges);
            self.pc = pc;
            let Some(no) = no else { break };
            self.block = no;
            self.frame = before.clone();
            self.at_state = None;
            self.ended = false;
        }
        if !ways.exits {
            build(self, None);
            self.close(&before, keep, &mut edges);
            self.pc = pc;
        }
        self.forked -= 1;
        let ended = edges.is_empty();
        if edges.len() > 1 {
            self.merge(&edges);
        } else if let Some(e) = edges.pop() {
            self.block = e.from;
            self.frame = e.frame;
        }
        self.at_state = None;
        self.ended = ended;
    }

    /// A way ends here: what it has learnt of values that others have, too, it keeps for itself.
    fn close(&mut self, before: &Frame, keep: usize, edges: &mut Vec<Edge>) {
        if self.ended {
            return;
        }
        let mut frame = before.clone();
        frame.stack.truncate(keep);
        frame.stack.extend(&self.frame.stack[keep..]);
        frame.shapes = std::mem::take(&mut self.frame.shapes);
        let from = self.block;
        edges.push(Edge { from, frame });
    }

    /// Whether there is room for as many ways of `cost` instructions more.
    pub(super) fn may_fork(&mut self, ways: &Ways, cost: usize) -> bool {
        self.forked < MOST_FORKED
            && self.forks + ways.arms.len() <= MOST_FORKS
            && self.may_spend(cost * ways.arms.len())
    }

    /// The CALL_METHOD that belongs to that LOAD_METHOD, if nothing before it jumps or stores a variable.
    pub(super) fn call_of_method(&self, load: u32) -> Option<u32> {
        let v = &self.exec.verified;
        let depth = *v.depth.get(load as usize)?;
        let mut pc = load;
        loop {
            pc += 1;
            let i = v.instrs.get(pc as usize)?;
            if self.cfg.block_of[pc as usize] != NONE || pc - load > MOST_BETWEEN {
                return None;
            }
            if i.op == Opcode::CALL_METHOD && v.depth[pc as usize] == depth + 1 + i.arg {
                return Some(pc);
            }
            if i.op.has(SETS_LOCAL) {
                return None;
            }
        }
    }
}
