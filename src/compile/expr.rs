//! Expressions → instructions.

use super::parts::AN_ITEM;
use super::tree::*;
use super::unit::{BlockId, Codegen, R, UnitKind};
use crate::code::object::Const;
use crate::code::opcode::Opcode::{self, *};

fn binary(op: Operator) -> Opcode {
    match op {
        Operator::Add => BINARY_ADD,
        Operator::Sub => BINARY_SUBTRACT,
        Operator::Mult => BINARY_MULTIPLY,
        Operator::MatMult => BINARY_MATRIX_MULTIPLY,
        Operator::Div => BINARY_TRUE_DIVIDE,
        Operator::Mod => BINARY_MODULO,
        Operator::Pow => BINARY_POWER,
        Operator::LShift => BINARY_LSHIFT,
        Operator::RShift => BINARY_RSHIFT,
        Operator::BitOr => BINARY_OR,
        Operator::BitXor => BINARY_XOR,
        Operator::BitAnd => BINARY_AND,
        Operator::FloorDiv => BINARY_FLOOR_DIVIDE,
    }
}

/// Index into `opcode::CMP_OPS`.
fn cmp_arg(op: CmpOp) -> usize {
    match op {
        CmpOp::Lt => 0,
        CmpOp::LtE => 1,
        CmpOp::Eq => 2,
        CmpOp::NotEq => 3,
        CmpOp::Gt => 4,
        CmpOp::GtE => 5,
        CmpOp::In => 6,
        CmpOp::NotIn => 7,
        CmpOp::Is => 8,
        CmpOp::IsNot => 9,
    }
}

impl Codegen<'_> {
    /// Expressions in order.
    pub fn exprs(&mut self, list: &[Expr]) -> R {
        list.iter().try_for_each(|e| {
            self.watch.did(AN_ITEM)?;
            self.expr(e)
        })
    }

    /// Runs `f` at the place of a node: where its line differs from the current one, the next
    /// instruction starts a line, and so does the one after it.
    pub fn at(&mut self, e: &Expr, f: impl FnOnce(&mut Self) -> R) -> R {
        let u = self.u();
        let (line, pos) = (u.line, u.pos);
        if e.loc.line != line {
            u.line = e.loc.line;
            u.line_set = false;
        }
        u.pos = e.loc.pos;
        f(self)?;
        let u = self.u();
        if u.line != line {
            u.line = line;
            u.line_set = false;
        }
        u.pos = pos;
        Ok(())
    }

    /// One expression: loads its value, or stores to or deletes the target it is.
    pub fn expr(&mut self, e: &Expr) -> R {
        self.at(e, |c| c.expr_here(e))
    }

    fn expr_here(&mut self, e: &Expr) -> R {
        match &e.kind {
            ExprKind::Named(target, value) => {
                self.expr(value)?;
                self.op(DUP_TOP);
                self.expr(target)
            }
            ExprKind::BoolOp(or, values) => self.bool_op(*or, values),
            ExprKind::BinOp(..) => self.bin_op(e),
            ExprKind::UnaryOp(op, a) => {
                self.expr(a)?;
                self.op(match op {
                    UnaryOp::Invert => UNARY_INVERT,
                    UnaryOp::Not => UNARY_NOT,
                    UnaryOp::UAdd => UNARY_POSITIVE,
                    UnaryOp::USub => UNARY_NEGATIVE,
                });
                Ok(())
            }
            ExprKind::Lambda(l) => self.lambda(l, e.loc),
            ExprKind::If(test, body, orelse) => {
                let end = self.new_block();
                let next = self.new_block();
                self.jump_if(test, next, false)?;
                self.expr(body)?;
                self.jump(JUMP_FORWARD, end);
                self.use_next(next);
                self.expr(orelse)?;
                self.use_next(end);
                Ok(())
            }
            ExprKind::Dict(items) => self.dict(items),
            ExprKind::Set(elts) => self.display(elts, BUILD_SET, BUILD_SET, BUILD_SET_UNPACK),
            ExprKind::Comp(comp) => self.comprehension(comp, e.loc),
            ExprKind::Yield(v) => {
                if self.scope_block() != super::symtab::Block::Function {
                    return self.error("'yield' outside function");
                }
                match v {
                    Some(v) => self.expr(v)?,
                    None => self.load_const(Const::None),
                }
                self.op(YIELD_VALUE);
                Ok(())
            }
            ExprKind::YieldFrom(v) => {
                if self.scope_block() != super::symtab::Block::Function {
                    return self.error("'yield' outside function");
                }
                if self.u().kind == UnitKind::AsyncFunction {
                    return self.error("'yield from' inside async function");
                }
                self.expr(v)?;
                self.op(GET_YIELD_FROM_ITER);
                self.load_const(Const::None);
                self.op(YIELD_FROM);
                Ok(())
            }
            ExprKind::Await(v) => {
                if self.scope_block() != super::symtab::Block::Function {
                    return self.error("'await' outside function");
                }
                if !matches!(
                    self.u().kind,
                    UnitKind::AsyncFunction | UnitKind::Comprehension
                ) {
                    return self.error("'await' outside async function");
                }
                self.expr(v)?;
                self.op(GET_AWAITABLE);
                self.load_const(Const::None);
                self.op(YIELD_FROM);
                Ok(())
            }
            ExprKind::Compare(left, rest) => self.compare(left, rest),
            ExprKind::Call(f, args, keywords) => self.call(f, args, keywords),
            ExprKind::Formatted(v, conversion, spec) => {
                self.expr(v)?;
                let mut arg = *conversion as usize;
                if let Some(s) = spec {
                    self.expr(s)?;
                    arg |= 4;
                }
                self.op_arg(FORMAT_VALUE, arg);
                Ok(())
            }
            ExprKind::Joined(values) => {
                self.exprs(values)?;
                if values.len() != 1 {
                    self.op_arg(BUILD_STRING, values.len());
                }
                Ok(())
            }
            ExprKind::Const(c) => {
                if self.dead == 0 {
                    self.load_const(c.clone());
                }
                Ok(())
            }
            ExprKind::Attribute(obj, attr, ctx) => {
                self.expr(obj)?;
                let op = match ctx {
                    Ctx::Load => LOAD_ATTR,
                    Ctx::Store => STORE_ATTR,
                    Ctx::Del => DELETE_ATTR,
                };
                self.op_name(op, *attr);
                Ok(())
            }
            ExprKind::Subscript(obj, slice, ctx) => {
                if *ctx == Ctx::Load {
                    self.warn_subscript(obj, slice);
                }
                self.expr(obj)?;
                self.slice(slice)?;
                self.op(match ctx {
                    Ctx::Load => BINARY_SUBSCR,
                    Ctx::Store => STORE_SUBSCR,
                    Ctx::Del => DELETE_SUBSCR,
                });
                Ok(())
            }
            ExprKind::Starred(v) => match v.kind {
                ExprKind::Name(_, Ctx::Store)
                | ExprKind::Attribute(_, _, Ctx::Store)
                | ExprKind::Subscript(_, _, Ctx::Store)
                | ExprKind::List(_, Ctx::Store)
                | ExprKind::Tuple(_, Ctx::Store) => {
                    self.error("starred assignment target must be in a list or tuple")
                }
                _ => self.error("can't use starred expression here"),
            },
            ExprKind::Name(n, ctx) => self.name_op(*n, *ctx),
            ExprKind::List(elts, ctx) => match ctx {
                Ctx::Store => self.unpack(elts),
                Ctx::Del => self.exprs(elts),
                Ctx::Load => self.display(elts, BUILD_LIST, BUILD_TUPLE, BUILD_LIST_UNPACK),
            },
            ExprKind::Tuple(elts, ctx) => match ctx {
                Ctx::Store => self.unpack(elts),
                Ctx::Del => self.exprs(elts),
                Ctx::Load => self.display(elts, BUILD_TUPLE, BUILD_TUPLE, BUILD_TUPLE_UNPACK),
            },
        }
    }

    fn bool_op(&mut self, or: bool, values: &[Expr]) -> R {
        let op = if or {
            JUMP_IF_TRUE_OR_POP
        } else {
            JUMP_IF_FALSE_OR_POP
        };
        let end = self.new_block();
        if let Some((last, first)) = values.split_last() {
            for v in first {
                self.expr(v)?;
                self.jump(op, end);
            }
            self.expr(last)?;
        }
        self.use_next(end);
        Ok(())
    }

    fn bin_op(&mut self, e: &Expr) -> R {
        let ExprKind::BinOp(l, op, r) = &e.kind else {
            return Ok(());
        };
        self.expr(l)?;
        self.expr(r)?;
        self.op(binary(*op));
        Ok(())
    }

    fn compare(&mut self, left: &Expr, rest: &[(CmpOp, Expr)]) -> R {
        self.warn_compare(left, rest);
        let Some(((last_op, last), first)) = rest.split_last() else {
            return Ok(());
        };
        self.expr(left)?;
        if first.is_empty() {
            self.expr(last)?;
            self.op_arg(COMPARE_OP, cmp_arg(*last_op));
            return Ok(());
        }
        let cleanup = self.new_block();
        self.compare_first(first, JUMP_IF_FALSE_OR_POP, cleanup)?;
        self.expr(last)?;
        self.op_arg(COMPARE_OP, cmp_arg(*last_op));
        let end = self.new_block();
        self.jump(JUMP_FORWARD, end);
        self.use_next(cleanup);
        self.op(ROT_TWO);
        self.op(POP_TOP);
        self.use_next(end);
        Ok(())
    }

    /// All but the last comparison of a chain: each keeps its right side for the next.
    fn compare_first(&mut self, first: &[(CmpOp, Expr)], op: Opcode, cleanup: BlockId) -> R {
        for (cmp, right) in first {
            self.expr(right)?;
            self.op(DUP_TOP);
            self.op(ROT_THREE);
            self.op_arg(COMPARE_OP, cmp_arg(*cmp));
            self.jump(op, cleanup);
        }
        Ok(())
    }

    /// Jumps to `next` if the truth of `e` is `cond`, else goes on; leaves nothing on the stack.
    pub fn jump_if(&mut self, e: &Expr, next: BlockId, cond: bool) -> R {
        match &e.kind {
            ExprKind::UnaryOp(UnaryOp::Not, a) => return self.jump_if(a, next, !cond),
            ExprKind::BoolOp(or, values) => {
                let own = if *or != cond {
                    Some(self.new_block())
                } else {
                    None
                };
                let short = own.unwrap_or(next);
                if let Some((last, first)) = values.split_last() {
                    for v in first {
                        self.jump_if(v, short, *or)?;
                    }
                    self.jump_if(last, next, cond)?;
                }
                if let Some(b) = own {
                    self.use_next(b);
                }
                return Ok(());
            }
            ExprKind::If(test, body, orelse) => {
                let end = self.new_block();
                let next2 = self.new_block();
                self.jump_if(test, next2, false)?;
                self.jump_if(body, next, cond)?;
                self.jump(JUMP_FORWARD, end);
                self.use_next(next2);
                self.jump_if(orelse, next, cond)?;
                self.use_next(end);
                return Ok(());
            }
            ExprKind::Compare(left, rest) if rest.len() > 1 => {
                self.warn_compare(left, rest);
                let cleanup = self.new_block();
                self.expr(left)?;
                if let Some(((last_op, last), first)) = rest.split_last() {
                    self.compare_first(first, POP_JUMP_IF_FALSE, cleanup)?;
                    self.expr(last)?;
                    self.op_arg(COMPARE_OP, cmp_arg(*last_op));
                }
                self.jump(jump_op(cond), next);
                let end = self.new_block();
                self.jump(JUMP_FORWARD, end);
                self.use_next(cleanup);
                self.op(POP_TOP);
                if !cond {
                    self.jump(JUMP_FORWARD, next);
                }
                self.use_next(end);
                return Ok(());
            }
            _ => {}
        }
        self.expr(e)?;
        self.jump(jump_op(cond), next);
        Ok(())
    }

    fn dict(&mut self, items: &[(Option<Expr>, Expr)]) -> R {
        let mut containers = 0;
        let mut from = 0;
        let mut last_unpacks = false;
        for (i, (key, value)) in items.iter().enumerate() {
            last_unpacks = key.is_none();
            if i - from == 0xFFFF || (i > from && last_unpacks) {
                self.sub_dict(&items[from..i])?;
                containers += 1;
                from = i;
            }
            if last_unpacks {
                self.expr(value)?;
                containers += 1;
                from = i + 1;
            }
        }
        if from < items.len() || containers == 0 {
            self.sub_dict(&items[from..])?;
            containers += 1;
        }
        if containers > 1 || last_unpacks {
            self.op_arg(BUILD_MAP_UNPACK, containers);
        }
        Ok(())
    }

    fn sub_dict(&mut self, items: &[(Option<Expr>, Expr)]) -> R {
        let keys: Option<Vec<Const>> = items
            .iter()
            .map(|(k, _)| k.as_ref().and_then(Expr::as_const).cloned())
            .collect();
        match keys {
            Some(keys) if keys.len() > 1 => {
                for (_, v) in items {
                    self.expr(v)?;
                }
                self.load_const(Const::Tuple(keys.into()));
                self.op_arg(BUILD_CONST_KEY_MAP, items.len());
            }
            _ => {
                for (k, v) in items {
                    if let Some(k) = k {
                        self.expr(k)?;
                    }
                    self.expr(v)?;
                }
                self.op_arg(BUILD_MAP, items.len());
            }
        }
        Ok(())
    }

    /// A tuple, list or set: in pieces where it has starred items.
    fn display(&mut self, elts: &[Expr], whole: Opcode, piece: Opcode, join: Opcode) -> R {
        let (mut seen, mut pieces) = (0, 0);
        for e in elts {
            if let ExprKind::Starred(v) = &e.kind {
                if seen > 0 {
                    self.op_arg(piece, seen);
                    seen = 0;
                    pieces += 1;
                }
                self.expr(v)?;
                pieces += 1;
            } else {
                self.expr(e)?;
                seen += 1;
            }
        }
        if pieces == 0 {
            self.op_arg(whole, seen);
            return Ok(());
        }
        if seen > 0 {
            self.op_arg(piece, seen);
            pieces += 1;
        }
        self.op_arg(join, pieces);
        Ok(())
    }

    /// Assignment to several targets.
    fn unpack(&mut self, elts: &[Expr]) -> R {
        let n = elts.len();
        let mut star = None;
        for (i, e) in elts.iter().enumerate() {
            if !matches!(e.kind, ExprKind::Starred(_)) {
                continue;
            }
            if star.is_some() {
                return self.error("two starred expressions in assignment");
            }
            if i >= 1 << 8 || n - i > i32::MAX as usize >> 8 {
                return self.error("too many expressions in star-unpacking assignment");
            }
            self.op_arg(UNPACK_EX, i + ((n - i - 1) << 8));
            star = Some(i);
        }
        if star.is_none() {
            self.op_arg(UNPACK_SEQUENCE, n);
        }
        for e in elts {
            match &e.kind {
                ExprKind::Starred(v) => self.expr(v)?,
                _ => self.expr(e)?,
            }
        }
        Ok(())
    }

    /// What stands between brackets, as one value.
    pub fn slice(&mut self, s: &Slice) -> R {
        match s {
            Slice::Index(e) => self.expr(e),
            Slice::Range(a, b, step) => {
                for e in [a, b] {
                    match e {
                        Some(e) => self.expr(e)?,
                        None => self.load_const(Const::None),
                    }
                }
                if let Some(s) = step {
                    self.expr(s)?;
                }
                self.op_arg(BUILD_SLICE, if step.is_some() { 3 } else { 2 });
                Ok(())
            }
            Slice::Ext(list) => {
                list.iter().try_for_each(|s| self.slice(s))?;
                self.op_arg(BUILD_TUPLE, list.len());
                Ok(())
            }
        }
    }
}

fn jump_op(cond: bool) -> Opcode {
    if cond {
        POP_JUMP_IF_TRUE
    } else {
        POP_JUMP_IF_FALSE
    }
}
