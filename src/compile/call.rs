//! Calls → instructions.

use super::tree::*;
use super::unit::{Codegen, R};
use crate::code::object::Const;
use crate::code::opcode::Opcode::*;

impl Codegen<'_> {
    /// A call. `x.m(…)` with plain positional arguments does not make a bound method.
    pub fn call(&mut self, f: &Expr, args: &[Expr], keywords: &[Keyword]) -> R {
        if let ExprKind::Attribute(obj, attr, Ctx::Load) = &f.kind
            && keywords.is_empty()
            && !args.iter().any(|a| matches!(a.kind, ExprKind::Starred(_)))
        {
            self.expr(obj)?;
            self.op_name(LOAD_METHOD, *attr);
            self.exprs(args)?;
            self.op_arg(CALL_METHOD, args.len());
            return Ok(());
        }
        self.warn_call(f);
        self.expr(f)?;
        self.call_helper(0, args, keywords)
    }

    /// The arguments and the call itself; `pushed` positional arguments lie there already.
    pub fn call_helper(&mut self, pushed: usize, args: &[Expr], keywords: &[Keyword]) -> R {
        let unpacks_map = keywords.iter().any(|k| k.name.is_none());
        let (mut seen, mut pieces) = (pushed, 0);
        for a in args {
            if let ExprKind::Starred(v) = &a.kind {
                if seen > 0 {
                    self.op_arg(BUILD_TUPLE, seen);
                    seen = 0;
                    pieces += 1;
                }
                self.expr(v)?;
                pieces += 1;
            } else {
                self.expr(a)?;
                seen += 1;
            }
        }
        if pieces > 0 || unpacks_map {
            if seen > 0 {
                self.op_arg(BUILD_TUPLE, seen);
                pieces += 1;
            }
            if pieces > 1 {
                self.op_arg(BUILD_TUPLE_UNPACK_WITH_CALL, pieces);
            } else if pieces == 0 {
                self.op_arg(BUILD_TUPLE, 0);
            }
            return self.call_ex(keywords);
        }
        if keywords.is_empty() {
            self.op_arg(CALL_FUNCTION, seen);
            return Ok(());
        }
        for k in keywords {
            self.expr(&k.value)?;
        }
        let names = self.keyword_names(keywords);
        self.load_const(names);
        self.op_arg(CALL_FUNCTION_KW, seen + keywords.len());
        Ok(())
    }

    fn keyword_names(&self, keywords: &[Keyword]) -> Const {
        let names = keywords.iter().filter_map(|k| k.name);
        Const::Tuple(
            names
                .map(|n| Const::Str((&*self.names.name(n)).into()))
                .collect(),
        )
    }

    /// Keyword arguments as one mapping, then the call.
    fn call_ex(&mut self, keywords: &[Keyword]) -> R {
        let (mut from, mut maps) = (0, 0);
        for (i, k) in keywords.iter().enumerate() {
            if k.name.is_none() {
                if i > from {
                    self.keyword_map(&keywords[from..i])?;
                    maps += 1;
                }
                from = i + 1;
                self.expr(&k.value)?;
                maps += 1;
            }
        }
        if from < keywords.len() {
            self.keyword_map(&keywords[from..])?;
            maps += 1;
        }
        if maps > 1 {
            self.op_arg(BUILD_MAP_UNPACK_WITH_CALL, maps);
        }
        self.op_arg(CALL_FUNCTION_EX, (maps > 0) as usize);
        Ok(())
    }

    fn keyword_map(&mut self, keywords: &[Keyword]) -> R {
        if let [
            Keyword {
                name: Some(n),
                value,
            },
        ] = keywords
        {
            self.load_name_const(*n);
            self.expr(value)?;
            self.op_arg(BUILD_MAP, 1);
            return Ok(());
        }
        for k in keywords {
            self.expr(&k.value)?;
        }
        let names = self.keyword_names(keywords);
        self.load_const(names);
        self.op_arg(BUILD_CONST_KEY_MAP, keywords.len());
        Ok(())
    }
}
