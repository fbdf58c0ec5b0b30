//! The binding of a call's arguments to its callee's parameters, done once, when the call is compiled:
//! what `call::bind` does at each call. A call that it refuses goes through the interpreter's dispatch,
//! which raises what is to be raised.

use super::guard::Is;
use super::{BuildEnv, Builder};
use crate::code::object::flags;
use crate::code::opcode::Opcode;
use crate::interp::executable::{Executable, QInstr, Spec};
use crate::interp::feedback::{BOOL, FLOAT, INT};
use crate::interp::site;
use crate::jit::deopt::reason::Reason;
use crate::jit::ssa::func::{Entry, Imm, InstData, Sig};
use crate::jit::ssa::op::Op;
use crate::jit::ssa::types::{Ty, Val};
use crate::object::{Kind, Value};

/// What the engine knows of a callee that a call site has seen.
pub struct Callee<'a> {
    /// Its Executable; none: the one that this unit is made from.
    pub exec: Option<&'a Executable>,
    /// The word of its code object.
    pub code: u64,
    /// How its native entry takes arguments; none: this unit's own entry.
    pub sig: Option<Sig>,
    /// The items of `__defaults__`.
    pub defaults: Vec<u64>,
    /// For each keyword-only parameter the cell in `__kwdefaults__` that its default is in, or 0.
    pub kwdefaults: Vec<u64>,
    /// The cells of the closure; empty where only the code is known.
    pub closure: Vec<u64>,
}

/// What a call site bets on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// One function, at this version.
    Function { word: u64, version: u64 },
    /// Functions of one code object, with so many defaults.
    Code { word: u64, defaults: usize },
}

/// Where a parameter's value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// An argument, named ones included, in the order of the stack.
    Arg(usize),
    /// A default.
    Const(u64),
    /// What is in this cell of `__kwdefaults__`.
    Cell(u64),
    /// The callee's own default: which one. Functions of one code have different ones.
    Default(usize),
    /// `*args`: these arguments.
    Rest(usize, usize),
    /// `**kw`: names and arguments.
    Keywords(Vec<(u64, usize)>),
}

/// How a call is bound.
pub struct Plan<'a> {
    pub known: Known,
    /// The callee is the function that this unit is made from.
    pub own: bool,
    pub exec: &'a Executable,
    /// The word of its code object.
    pub code: u64,
    pub sig: Sig,
    /// One for each parameter that `def` names, `*args` and `**kw` last.
    pub params: Vec<Source>,
    /// The cells of its free variables; empty: they are read from the function.
    pub closure: Vec<u64>,
}

impl Plan<'_> {
    /// Whether the callee's own defaults are read.
    fn reads_defaults(&self) -> bool {
        self.params.iter().any(|s| matches!(s, Source::Default(_)))
    }
}

/// A call: its callee and its arguments, and how many slots of the abstract stack are its operands.
pub struct Site {
    pub callee: Val,
    pub args: Vec<Val>,
    pub drop: usize,
}

/// What a call passes: parameters in whatever representation they are, then new cells, then the cells of
/// free variables. A parameter that lives in a cell is the word 0.
pub struct Passed {
    pub args: Vec<Val>,
    pub cells: Vec<Val>,
    pub frees: Vec<Val>,
}

/// What a call site has seen.
pub fn known(q: &QInstr) -> Option<Known> {
    let (word, number) = (q.cache0.get(), site::number(q));
    let by_function = Known::Function {
        word,
        version: number,
    };
    let by_code = Known::Code {
        word,
        defaults: number as usize,
    };
    let ex = q.opcode() == Opcode::CALL_FUNCTION_EX;
    if ex || matches!(q.spec(), Some(Spec::CALL_CODE | Spec::CALL_KW_CODE)) {
        let function = q.cached()?.is_kind(Kind::Function);
        return Some(if function { by_function } else { by_code });
    }
    let one = [
        Spec::CALL_PY,
        Spec::CALL_BOUND,
        Spec::CALL_KW_BOUND,
        Spec::CALL_METHOD_PY,
    ];
    q.spec().filter(|s| one.contains(s)).map(|_| by_function)
}

impl Known {
    /// The function, or the code object.
    pub fn word(self) -> u64 {
        match self {
            Known::Function { word, .. } | Known::Code { word, .. } => word,
        }
    }
}

fn bit(t: Ty) -> u8 {
    match t {
        Ty::I64 => INT,
        Ty::F64 => FLOAT,
        Ty::Bool => BOOL,
        Ty::Val => 0,
    }
}

/// Where each parameter of `exec` gets its value from, with `npos` positional arguments and then those
/// that are named; none where the call raises, or needs what is not known.
pub fn bind(
    env: &dyn BuildEnv<'_>,
    exec: &Executable,
    c: &Callee<'_>,
    known: Known,
    npos: usize,
    names: &[u64],
) -> Option<Vec<Source>> {
    let code = &exec.code;
    let argcount = code.argcount as usize;
    let total = argcount + code.kwonlyargcount as usize;
    let has = |f: u32| code.flags & f != 0;
    if !has(flags::OPTIMIZED) || !has(flags::NEWLOCALS) {
        return None;
    }
    let mut params: Vec<Option<Source>> = vec![None; total];
    for (i, p) in params[..argcount.min(npos)].iter_mut().enumerate() {
        *p = Some(Source::Arg(i));
    }
    let rest = has(flags::VARARGS).then_some(Source::Rest(argcount.min(npos), npos));
    if npos > argcount && rest.is_none() {
        return None;
    }
    let mut keywords = Vec::new();
    for (k, name) in names.iter().enumerate() {
        let posonly = code.posonlyargcount as usize;
        let at = (posonly..total).find(|&j| env.is_text(*name, code.varnames[j].as_bytes()));
        match at {
            Some(j) if params[j].is_some() => return None,
            Some(j) => params[j] = Some(Source::Arg(npos + k)),
            None if has(flags::VARKEYWORDS) => keywords.push((*name, npos + k)),
            None => return None,
        }
    }
    // More defaults than parameters: the last ones count.
    let (ndefs, code_only) = match known {
        Known::Function { .. } => (c.defaults.len(), false),
        Known::Code { defaults, .. } => (defaults, true),
    };
    for (i, p) in params.iter_mut().enumerate() {
        if p.is_some() {
            continue;
        }
        *p = Some(if i >= argcount {
            match c.kwdefaults.get(i - argcount) {
                Some(&cell) if cell != 0 && !code_only => Source::Cell(cell),
                Some(_) | None => return None,
            }
        } else {
            let at = (i + ndefs).checked_sub(argcount)?;
            match code_only {
                true => Source::Default(at),
                false => Source::Const(*c.defaults.get(at)?),
            }
        });
    }
    let mut all: Vec<Source> = params.into_iter().collect::<Option<_>>()?;
    all.extend(rest);
    if has(flags::VARKEYWORDS) {
        all.push(Source::Keywords(keywords));
    }
    (all.len() == code.total_args() as usize).then_some(all)
}

impl<'a> Builder<'a> {
    /// How this call is bound, if its callee is known. `names` are those of the last arguments.
    fn plan(&self, site: &Site, names: &[u64], known: Known) -> Option<Plan<'a>> {
        let env = &*self.env;
        if !env.speculate() || env.burnt(self.pc, Reason::WrongCallee) {
            return None;
        }
        let c = env.callee(known.word())?;
        let exec = c.exec.unwrap_or(self.exec);
        let npos = site.args.len().checked_sub(names.len())?;
        let params = bind(env, exec, &c, known, npos, names)?;
        let own = c.sig.is_none();
        let sig = c.sig.unwrap_or_else(|| self.func.sig.clone());
        let closure = c.closure;
        if matches!(known, Known::Function { .. }) && closure.len() != exec.nfrees as usize {
            return None;
        }
        Some(Plan {
            known,
            own,
            exec,
            code: c.code,
            sig,
            params,
            closure,
        })
    }

    /// Whether the callee's native entry may be called: the arguments may be of the types that it takes, and
    /// the result was not of another one too often.
    fn fits(&self, plan: &Plan<'_>, site: &Site) -> bool {
        // A loop's unit is not the function's entry.
        if plan.own && self.func.entry != Entry::Function {
            return false;
        }
        let misfit = plan.sig.ret != Ty::Val && self.env.burnt(self.pc, Reason::NotInt);
        if misfit || plan.sig.params.len() != plan.params.len() {
            return false;
        }
        plan.params.iter().zip(&plan.sig.params).all(|(s, &t)| {
            let is = match s {
                Source::Arg(k) => self.is(site.args[*k], bit(t)),
                Source::Const(w) => is_word(&*self.env, *w),
                // They are seen when they are loaded.
                Source::Cell(_) | Source::Default(_) => match self.env.burnt(self.pc, lost(t)) {
                    true => Is::Other,
                    false => is_ty(t),
                },
                Source::Rest(..) | Source::Keywords(_) => Is::Other,
            };
            t == Ty::Val || is == is_ty(t)
        })
    }

    /// Calls the function that was always called here without the interpreter's help: builds it in, or calls
    /// its native entry if these arguments fit that.
    pub(super) fn direct(&mut self, site: &Site, names: &[u64]) -> bool {
        let q = self.q();
        match known(q).filter(|_| !q.poly.get()) {
            Some(known) => self.direct_to(site, names, known),
            None => false,
        }
    }

    /// The same where this callee is the one.
    pub(super) fn direct_to(&mut self, site: &Site, names: &[u64], known: Known) -> bool {
        let Some(plan) = self.plan(site, names, known) else {
            return false;
        };
        let inlined = self.worth(plan.known.word());
        if inlined.is_none() && !self.fits(&plan, site) {
            return false;
        }
        // A function that was made here, of which nobody got hold since, needs no look.
        let made = self.function_of(site.callee).filter(|(code, _)| {
            let by_code = matches!(plan.known, Known::Code { word, .. } if word == *code);
            by_code && inlined.is_some() && !plan.reads_defaults()
        });
        let f = match made {
            Some(_) => site.callee,
            None => self.expect(&plan, site),
        };
        let cells = made.map(|(_, cells)| cells).unwrap_or_default();
        let passed = self.pass(&plan, site, f, &cells);
        match inlined {
            Some(callee) => self.inline(callee, passed, site.drop),
            None => self.invoke(&plan, passed, site.drop),
        }
        true
    }

    /// Calls a function that a special method's name has led to; `change` makes the stack what it is while it
    /// runs. The result is pushed.
    pub(super) fn call_found(
        &mut self,
        known: Known,
        args: Vec<Val>,
        change: impl FnOnce(&mut Self),
    ) {
        let callee = self.word(known.word());
        let site = Site {
            callee,
            args,
            drop: 0,
        };
        let simple = |s: &Source| matches!(s, Source::Arg(_) | Source::Const(_));
        let plan = self.plan(&site, &[], known);
        let plan = plan.filter(|p| p.params.iter().all(simple));
        let inlined = match plan {
            Some(_) => self.worth(known.word()),
            None => None,
        };
        let Some(plan) = plan.filter(|p| inlined.is_some() || self.fits(p, &site)) else {
            let mut all = vec![callee];
            for v in site.args {
                all.push(self.boxed(v));
            }
            change(self);
            return self.rt_push(0, InstData::new(Op::RtCall, &all));
        };
        let f = self.expect(&plan, &site);
        change(self);
        let passed = self.pass(&plan, &site, f, &[]);
        match inlined {
            Some(callee) => self.inline(callee, passed, 0),
            None => self.invoke(&plan, passed, 0),
        }
    }

    /// Guards the callee; gives it.
    fn expect(&mut self, plan: &Plan<'_>, site: &Site) -> Val {
        let f = self.boxed(site.callee);
        let s = self.at();
        match plan.known {
            Known::Function { word, version } => {
                let func = Imm::Const(self.pool(word));
                let guard = InstData::new(Op::GuardFuncVersion, &[f])
                    .imm(func)
                    .imm(Imm::Int(version as i64));
                self.push(guard.exit(Reason::WrongCallee, s));
                f
            }
            Known::Code { word, defaults } => {
                let code = Imm::Const(self.pool(word));
                let n = match plan.reads_defaults() {
                    true => defaults as i64,
                    false => -1,
                };
                let guard = InstData::new(Op::GuardFuncCode, &[f])
                    .imm(code)
                    .imm(Imm::Int(n));
                self.one(guard.exit(Reason::WrongCallee, s))
            }
        }
    }

    /// What the call passes: each parameter's value, new cells, the closure's, which are `known` where it was made here.
    fn pass(&mut self, plan: &Plan<'_>, site: &Site, f: Val, known: &[Val]) -> Passed {
        let drop = site.drop;
        let mut args = Vec::with_capacity(plan.params.len());
        for s in &plan.params {
            args.push(match s {
                Source::Arg(k) => site.args[*k],
                Source::Const(w) => self.constant(*w),
                Source::Cell(c) => {
                    let cell = Imm::Const(self.pool(*c));
                    let s = self.at();
                    let d = InstData::new(Op::LoadGlobalCell, &[]).imm(cell);
                    self.one(d.exit(Reason::GlobalChanged, s))
                }
                Source::Default(i) => {
                    let at = Imm::Int(*i as i64);
                    self.one(InstData::new(Op::LoadFuncDefault, &[f]).imm(at))
                }
                Source::Rest(from, to) => {
                    let items: Vec<Val> = (*from..*to).map(|k| site.args[k]).collect();
                    let items: Vec<Val> = items.into_iter().map(|v| self.boxed(v)).collect();
                    let i = self.rt(drop, InstData::new(Op::RtBuildTuple, &items));
                    self.func.insts[i.index()].result()
                }
                Source::Keywords(all) => {
                    let mut items = Vec::with_capacity(2 * all.len());
                    for (name, k) in all {
                        items.push(self.word(*name));
                        let v = site.args[*k];
                        items.push(self.boxed(v));
                    }
                    let i = self.rt(drop, InstData::new(Op::RtBindKeywords, &items));
                    self.func.insts[i.index()].result()
                }
            });
        }
        let mut cells = Vec::new();
        for &arg in &plan.exec.cell2arg {
            let content = match args.get(arg as usize) {
                Some(&v) => self.boxed(v),
                None => self.one(InstData::new(Op::ConstEmpty, &[])),
            };
            let i = self.rt(drop, InstData::new(Op::RtMakeCell, &[content]));
            cells.push(self.func.insts[i.index()].result());
        }
        for &arg in &plan.exec.cell2arg {
            if (arg as usize) < args.len() {
                args[arg as usize] = self.one(InstData::new(Op::ConstEmpty, &[]));
            }
        }
        let mut frees = Vec::new();
        for i in 0..plan.exec.nfrees {
            frees.push(
                match (plan.closure.get(i as usize), known.get(i as usize)) {
                    (Some(&cell), _) => self.word(cell),
                    (None, Some(&cell)) => cell,
                    (None, None) => {
                        let at = Imm::Int(i as i64);
                        self.one(InstData::new(Op::LoadFuncCell, &[f]).imm(at))
                    }
                },
            );
        }
        Passed { args, cells, frees }
    }

    /// Makes the call: the one place where a bound call becomes an instruction. The result takes the
    /// place of the topmost `drop` slots.
    fn invoke(&mut self, plan: &Plan<'_>, passed: Passed, drop: usize) {
        let mut all = Vec::with_capacity(passed.args.len());
        for (&v, &t) in passed.args.iter().zip(&plan.sig.params) {
            all.push(match t {
                Ty::Val => self.boxed(v),
                Ty::I64 | Ty::F64 | Ty::Bool => self.unbox(v, is_ty(t)),
            });
        }
        all.extend(passed.cells);
        all.extend(passed.frees);
        let d = match plan.own {
            true => InstData::new(Op::CallSelf, &all),
            false => {
                let g = Imm::Sig(self.func.add_sig(plan.sig.clone()));
                let code = Imm::Const(self.pool(plan.code));
                InstData::new(Op::CallUnit, &all).imm(code).imm(g)
            }
        };
        self.rt_push(drop, d);
    }
}

fn is_ty(t: Ty) -> Is {
    match t {
        Ty::I64 => Is::Int,
        Ty::F64 => Is::Float,
        Ty::Bool => Is::Bool,
        Ty::Val => Is::Other,
    }
}

/// The reason for which a guard of a type fails.
fn lost(t: Ty) -> Reason {
    match t {
        Ty::I64 | Ty::Val => Reason::NotInt,
        Ty::F64 => Reason::NotFloat,
        Ty::Bool => Reason::NotBool,
    }
}

/// What a constant is used as (`Builder::constant`).
fn is_word(env: &dyn BuildEnv<'_>, bits: u64) -> Is {
    let Some(v) = Value::from_bits(bits) else {
        return Is::Other;
    };
    if v.is_small_int() || (v.is_object() && env.int64(bits).is_some()) {
        Is::Int
    } else if v.is_float() {
        Is::Float
    } else if v.is_bool() {
        Is::Bool
    } else {
        Is::Other
    }
}
