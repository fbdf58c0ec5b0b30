//! One instruction of the bytecode: what it does to the abstract frame.

use super::Builder;
use super::arith::Arith;
use super::frame::Slot;
use crate::code::opcode::Opcode;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::InstData;
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::Ty;
use crate::object::Value;

impl Builder<'_> {
    pub(super) fn step(&mut self) {
        use Opcode::*;
        let arg = self.arg();
        match self.op() {
            NOP | SETUP_FINALLY | SETUP_ASYNC_WITH | POP_BLOCK | EXTENDED_ARG => {}
            POP_TOP => self.drop(1),
            ROT_TWO => self.rotate(2),
            ROT_THREE => self.rotate(3),
            ROT_FOUR => self.rotate(4),
            DUP_TOP => {
                let v = self.peek(1);
                self.frame.stack.push(v);
            }
            DUP_TOP_TWO => {
                let (a, b) = (self.peek(2), self.peek(1));
                self.frame.stack.extend([a, b]);
            }
            LOAD_CONST => {
                let v = self.constant(self.q().cache0.get());
                self.frame.stack.push(v);
            }
            LOAD_FAST => self.load_fast(arg),
            STORE_FAST => {
                let v = self.peek(1);
                self.frame.slots[arg as usize] = Slot::Bound(v);
                self.drop(1);
            }
            DELETE_FAST => {
                if self.bind(arg) {
                    self.frame.slots[arg as usize] = Slot::Empty;
                }
            }

            UNARY_POSITIVE | UNARY_NEGATIVE | UNARY_INVERT => self.unary(),
            UNARY_NOT => self.unary_not(),
            BINARY_ADD | INPLACE_ADD => self.binary(Arith::Both(Op::AddI64, Op::AddF64)),
            BINARY_SUBTRACT | INPLACE_SUBTRACT => self.binary(Arith::Both(Op::SubI64, Op::SubF64)),
            BINARY_MULTIPLY | INPLACE_MULTIPLY => self.binary(Arith::Both(Op::MulI64, Op::MulF64)),
            BINARY_FLOOR_DIVIDE | INPLACE_FLOOR_DIVIDE => {
                self.binary(Arith::Both(Op::FloorDivI64, Op::FloorDivF64))
            }
            BINARY_MODULO | INPLACE_MODULO => self.binary(Arith::Both(Op::ModI64, Op::ModF64)),
            BINARY_TRUE_DIVIDE | INPLACE_TRUE_DIVIDE => self.binary(Arith::TrueDiv),
            BINARY_LSHIFT | INPLACE_LSHIFT => {
                self.binary(Arith::Ints(Op::ShlI64, Reason::Overflow))
            }
            BINARY_RSHIFT | INPLACE_RSHIFT => {
                self.binary(Arith::Ints(Op::ShrI64, Reason::ShiftCount))
            }
            BINARY_AND | INPLACE_AND => self.binary(Arith::Bits(Op::AndI64)),
            BINARY_OR | INPLACE_OR => self.binary(Arith::Bits(Op::OrI64)),
            BINARY_XOR | INPLACE_XOR => self.binary(Arith::Bits(Op::XorI64)),
            BINARY_POWER | INPLACE_POWER => self.binary(Arith::Pow),
            BINARY_MATRIX_MULTIPLY | INPLACE_MATRIX_MULTIPLY => self.binary(Arith::General),
            COMPARE_OP => self.compare(),

            BINARY_SUBSCR => self.get_item(),
            STORE_SUBSCR => self.set_item(),
            LOAD_ATTR => self.get_attr(arg),
            STORE_ATTR => self.set_attr(arg),
            DELETE_SUBSCR => self.del_item(),
            DELETE_ATTR => self.del_attr(arg),

            JUMP_FORWARD | JUMP_ABSOLUTE => {
                let before = self.frame.clone();
                self.jump(arg, &before);
            }
            POP_JUMP_IF_FALSE => self.pop_jump_if(arg, false),
            POP_JUMP_IF_TRUE => self.pop_jump_if(arg, true),
            JUMP_IF_FALSE_OR_POP => self.jump_if_or_pop(arg, false),
            JUMP_IF_TRUE_OR_POP => self.jump_if_or_pop(arg, true),
            GET_ITER => self.get_iter(),
            FOR_ITER => self.for_iter(arg),

            LOAD_GLOBAL => self.load_global(arg),
            STORE_GLOBAL => self.store_global(arg),
            DELETE_GLOBAL => self.delete_global(arg),
            LOAD_NAME => self.load_name(arg),
            STORE_NAME => self.store_name(arg),
            DELETE_NAME => self.delete_name(arg),
            IMPORT_NAME => self.import_name(arg),
            IMPORT_FROM => self.import_from(arg),
            IMPORT_STAR => self.import_star(),
            SETUP_ANNOTATIONS => self.setup_annotations(),
            PRINT_EXPR => self.print_expr(),
            LOAD_CLOSURE => {
                let v = self.cell(arg);
                self.frame.stack.push(v);
            }
            LOAD_DEREF => self.load_deref(arg),
            LOAD_CLASSDEREF => self.load_class_deref(arg),
            LOAD_BUILD_CLASS => self.load_build_class(),
            STORE_DEREF => self.store_deref(arg),
            DELETE_DEREF => self.delete_deref(arg),

            CALL_FUNCTION => self.call_function(arg as usize),
            CALL_FUNCTION_KW => self.call_function_kw(arg as usize),
            CALL_FUNCTION_EX => self.call_function_ex((arg & 1) as usize),
            LOAD_METHOD => self.load_method(arg),
            CALL_METHOD => self.call_method(arg as usize),
            MAKE_FUNCTION => self.make_function(arg),
            RETURN_VALUE => self.return_value(),

            BUILD_TUPLE => self.build(Op::RtBuildTuple, arg as usize),
            BUILD_LIST => self.build(Op::RtBuildList, arg as usize),
            BUILD_MAP => self.build(Op::RtBuildMap, 2 * arg as usize),
            BUILD_STRING => self.build(Op::RtBuildString, arg as usize),
            BUILD_SET | BUILD_LIST_UNPACK | BUILD_TUPLE_UNPACK | BUILD_SET_UNPACK
            | BUILD_MAP_UNPACK => self.collect(arg as usize, 0),
            BUILD_SLICE => self.slice(if arg == 3 { 3 } else { 2 }),
            BUILD_TUPLE_UNPACK_WITH_CALL => {
                if !self.spread(arg as usize) {
                    self.collect(arg as usize, 1);
                }
            }
            BUILD_MAP_UNPACK_WITH_CALL => self.collect(arg as usize, 2),
            LIST_APPEND => self.list_append(arg as usize),
            SET_ADD => self.add(arg as usize, 1),
            MAP_ADD => self.add(arg as usize, 2),
            BUILD_CONST_KEY_MAP => self.build_const_key_map(arg as usize),
            FORMAT_VALUE => self.format_value(arg),
            UNPACK_SEQUENCE => self.unpack_sequence(arg),
            UNPACK_EX => self.unpack_ex(arg),

            BEGIN_FINALLY => self.begin_finally(),
            CALL_FINALLY => self.call_finally(arg),
            END_FINALLY => self.end_finally(),
            POP_FINALLY => self.pop_finally(arg == 1),
            POP_EXCEPT => self.pop_except(),
            SETUP_WITH => self.setup_with(),
            WITH_CLEANUP_START => self.with_start(),
            WITH_CLEANUP_FINISH => self.with_finish(),
            RAISE_VARARGS => self.raise(arg as usize),

            YIELD_VALUE => self.yield_value(),
            YIELD_FROM => self.yield_from(),
            GET_AITER | GET_AWAITABLE | GET_YIELD_FROM_ITER => self.get_await(1),
            GET_ANEXT => self.get_await(0),
            BEFORE_ASYNC_WITH => self.before_async_with(),
            END_ASYNC_FOR => self.end_async_for(),
        }
    }

    /// The topmost value goes below the `n - 1` under it.
    fn rotate(&mut self, n: usize) {
        let len = self.frame.stack.len();
        self.frame.stack[len - n..].rotate_right(1);
    }

    /// Makes sure that a local is bound; false: it cannot be, and the interpreter raises.
    fn bind(&mut self, i: u32) -> bool {
        match self.frame.slots[i as usize] {
            Slot::Bound(_) => true,
            Slot::Empty => {
                self.exit(Reason::UnboundLocal);
                false
            }
            Slot::Maybe(v) => {
                let w = self.guarded(Op::GuardBound, &[v], Reason::UnboundLocal);
                self.frame.rename(v, w);
                true
            }
        }
    }

    fn load_fast(&mut self, i: u32) {
        if self.bind(i)
            && let Some(v) = self.frame.slots[i as usize].val()
        {
            self.frame.stack.push(v);
        }
    }

    fn pop_jump_if(&mut self, to: u32, when: bool) {
        let c = self.truth(1);
        let (yes, no) = self.branch(c, when);
        self.block = yes;
        let mut before = self.frame.clone();
        if to <= self.pc {
            // The test is not repeated: what it tested may have been an object with a mind of its own.
            self.at_state = None;
            let b = self.constant(Value::bool(when).bits());
            let top = before.stack.len() - 1;
            before.stack[top] = b;
        }
        self.drop(1);
        let after = self.frame.clone();
        self.jump(to, &before);
        self.block = no;
        self.frame = after;
        self.goto(self.pc + 1);
    }

    fn jump_if_or_pop(&mut self, to: u32, when: bool) {
        if to <= self.pc {
            // No compiler makes one that goes back.
            return self.exit(Reason::ColdPath);
        }
        let c = self.truth(0);
        let (yes, no) = self.branch(c, when);
        self.block = yes;
        let before = self.frame.clone();
        self.jump(to, &before);
        self.block = no;
        self.frame = before;
        self.drop(1);
        self.goto(self.pc + 1);
    }

    /// Two new blocks: where `c` is `when`, and where it is not.
    pub(super) fn branch(
        &mut self,
        c: crate::jit::ssa::types::Val,
        when: bool,
    ) -> (crate::jit::ssa::types::Block, crate::jit::ssa::types::Block) {
        let (yes, no) = (self.func.new_block(), self.func.new_block());
        let d = InstData::new(Op::Brif, &[c]);
        self.push(match when {
            true => d.target(yes, &[]).target(no, &[]),
            false => d.target(no, &[]).target(yes, &[]),
        });
        (yes, no)
    }

    fn return_value(&mut self) {
        if self.env.frames() && self.may_catch() {
            let s = self.at();
            let guard = InstData::new(Op::GuardUncaught, &[]);
            self.push(guard.exit(Reason::Caught, s));
        }
        let v = self.peek(1);
        if self.parent.is_some() {
            self.returns.push((self.block, v));
            self.ended = true;
            return;
        }
        let ty = self.func.ty(v);
        let want = self.func.sig.ret;
        if ty == want {
            self.push(InstData::new(Op::Ret, &[v]));
            return;
        }
        let v = self.boxed(v);
        let op = if want == Ty::Val {
            Op::Ret
        } else {
            Op::RetBoxed
        };
        self.push(InstData::new(op, &[v]));
    }
}
