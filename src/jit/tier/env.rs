//! What the builder asks of the engine: feedback, callees, constants.

use crate::code::object::flags;
use crate::interp::attr::{self, Seen};
use crate::interp::executable::{Executable, QInstr};
use crate::jit::build::bind::Callee;
use crate::jit::build::init::Builtin;
use crate::jit::build::{BuildEnv, Inlined, Known, signature};
use crate::jit::deopt::reason::Reason;
use crate::jit::native::exec_of_word;
use crate::jit::ssa::func::Sig;
use crate::jit::{turn, watch};
use crate::object::{ClassId, Kind, Slot, Value};
use crate::protocol::special::{self, Special};
use crate::types::builtin::value::{BuiltinObj, MethodDescrObj};
use crate::types::cell::value::{CellObj, GlobalCellObj};
use crate::types::class::ops as class;
use crate::types::class::shape::ShapeObj;
use crate::types::class::value::ClassObj;
use crate::types::code::value::CodeObj;
use crate::types::descr::property::PropertyObj;
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::types::exception::ops as exceptions;
use crate::types::function::value::FunctionObj;
use crate::types::str::value::StrObj;
use crate::types::tuple::value::TupleObj;
use crate::vm::Vm;

/// What the builder asks.
#[derive(Clone, Copy)]
pub(super) struct Env<'a> {
    pub(super) vm: &'a Vm,
    pub(super) exec: &'a Executable,
    /// That of the unit's own function.
    pub(super) unit: &'a Executable,
    pub(super) code: Value,
    pub(super) globals: Value,
    pub(super) namespace: Option<Value>,
    pub(super) speculate: bool,
    /// The unit is a loop's: its own function is a callee like any other.
    pub(super) in_loop: bool,
    pub(super) draft: bool,
}

impl Env<'_> {
    /// The cells that the interpreter has made for keyword-only parameters' defaults.
    fn kwdefaults(&self, f: &FunctionObj, c: &CodeObj) -> Vec<u64> {
        let (Some(d), Some(names), Some(code)) = (
            f.kwdefaults.get().and_then(|d| d.get::<DictObj>(self.vm)),
            c.varnames.get().and_then(|n| n.get::<TupleObj>(self.vm)),
            &c.code,
        ) else {
            return Vec::new();
        };
        let from = code.argcount as usize;
        let cell = |k: usize| {
            let at = dict::find_str(self.vm, d, names.get(k)?)?;
            let cell = d.entries.get(at)?.value?;
            cell.is_kind(Kind::GlobalCell).then(|| cell.bits())
        };
        (from..from + code.kwonlyargcount as usize)
            .map(|k| cell(k).unwrap_or(0))
            .collect()
    }
    /// The signature that a function's unit will have.
    fn of(&self, exec: &Executable, code: Value, globals: Value) -> Sig {
        let callee = Env {
            vm: self.vm,
            exec,
            unit: exec,
            code,
            globals,
            namespace: None,
            speculate: true,
            in_loop: false,
            draft: false,
        };
        signature(exec, &callee)
    }
}

impl<'a> BuildEnv<'a> for Env<'a> {
    fn speculate(&self) -> bool {
        self.speculate
    }
    fn fuel(&self) -> bool {
        crate::jit::counts(self.vm)
    }
    fn counts(&self) -> bool {
        self.vm.config.count
    }
    fn coverage(&self) -> bool {
        self.vm.coverage.is_some()
    }
    fn frames(&self) -> bool {
        self.vm.jit.frames.get()
    }
    fn globals(&self) -> u64 {
        self.globals.bits()
    }
    fn namespace(&self) -> u64 {
        self.namespace.map_or(0, Value::bits)
    }
    fn code(&self) -> u64 {
        self.code.bits()
    }
    fn name(&self, i: u32) -> u64 {
        self.code
            .get::<CodeObj>(self.vm)
            .and_then(|c| c.names.get())
            .and_then(|n| n.get::<TupleObj>(self.vm))
            .and_then(|t| t.get(i as usize))
            .map_or(0, Value::bits)
    }
    fn describe(&self, object: u64) -> String {
        describe(self.vm, object)
    }
    fn int64(&self, object: u64) -> Option<i64> {
        crate::jit::deopt::reify::int_of(Value::from_bits(object)?)
    }
    fn callee(&self, object: u64) -> Option<Callee<'a>> {
        let v = Value::from_bits(object)?;
        let func = v.cast::<FunctionObj>();
        let code = match func {
            Some(f) => f.get(self.vm).code.get()?,
            None => v,
        };
        let c = code.get::<CodeObj>(self.vm)?;
        let exec = exec_of_word(code.bits())?;
        let globals = match func {
            Some(f) => f.get(self.vm).globals.get()?.bits(),
            None => c.globals.get(),
        };
        if c.globals.get() != globals || exec.makes.is_some() {
            return None;
        }
        let made = &exec.tier.made;
        let sig = if std::ptr::eq(exec, self.unit) && !self.in_loop {
            None
        } else if made.declined.get() {
            return None;
        } else {
            let unit = made.unit.borrow();
            Some(match unit.as_ref() {
                Some(u) => u.sig.clone(),
                // It has none yet: the one it will get.
                None => self.of(exec, code, Value::from_bits(globals)?),
            })
        };
        let words = |s: &Slot| -> Vec<u64> {
            let t = s.get().and_then(|t| t.get::<TupleObj>(self.vm));
            t.map_or(Vec::new(), |t| t.iter().map(Value::bits).collect())
        };
        let o = func.map(|f| f.get(self.vm));
        Some(Callee {
            exec: Some(exec),
            code: code.bits(),
            sig,
            defaults: o.map_or(Vec::new(), |o| words(&o.defaults)),
            kwdefaults: o.map_or(Vec::new(), |o| self.kwdefaults(o, c)),
            closure: o.map_or(Vec::new(), |o| words(&o.closure)),
        })
    }
    fn is_own(&self, object: u64) -> bool {
        let Some(v) = Value::from_bits(object) else {
            return false;
        };
        let code = match v.get::<FunctionObj>(self.vm) {
            Some(f) => f.code.get(),
            None => Some(v),
        };
        code == Some(self.code)
    }
    fn items(&self, tuple: u64) -> Option<Vec<u64>> {
        let t = Value::from_bits(tuple)?.get::<TupleObj>(self.vm)?;
        let names = t.iter().all(|n| n.is_kind(Kind::Str));
        names.then(|| t.iter().map(Value::bits).collect())
    }
    fn is_str(&self, word: u64) -> bool {
        let v = Value::from_bits(word).filter(|v| !v.is_user());
        v.is_some_and(|v| v.get::<StrObj>(self.vm).is_some())
    }
    fn ascii(&self, word: u64) -> Option<[u64; 2]> {
        let s = Value::from_bits(word)?.exact::<StrObj>()?.get(self.vm);
        let mut bits = [0; 2];
        for c in s.as_bytes() {
            *bits.get_mut(*c as usize / 64)? |= 1 << (c % 64);
        }
        Some(bits)
    }
    fn frees(&self, code: u64, name: u64) -> Option<usize> {
        Value::from_bits(name)?.get::<StrObj>(self.vm)?;
        let code = Value::from_bits(code)?.get::<CodeObj>(self.vm)?;
        code.code.as_ref().map(|c| c.freevars.len())
    }
    fn is_generator(&self, code: u64, args: usize, frees: usize) -> bool {
        let exec = exec_of_word(code);
        let of = Value::from_bits(code).and_then(|c| c.get::<CodeObj>(self.vm));
        let (Some(e), Some(of)) = (exec, of) else {
            return false;
        };
        let flags = e.code.flags;
        e.makes == Some(ClassId::Generator)
            && flags & flags::OPTIMIZED != 0
            && flags & (flags::VARARGS | flags::VARKEYWORDS) == 0
            && e.code.kwonlyargcount == 0
            && e.code.argcount as usize == args
            && (e.ncells, e.nfrees as usize) == (0, frees)
            && of.globals.get() == self.globals.bits()
    }
    fn is_text(&self, str: u64, text: &[u8]) -> bool {
        Value::from_bits(str)
            .and_then(|s| s.get::<StrObj>(self.vm))
            .is_some_and(|s| s.as_bytes() == text)
    }
    fn inline(&self, object: u64) -> Option<Inlined<'a>> {
        let v = Value::from_bits(object)?;
        let code = match v.cast::<FunctionObj>() {
            Some(f) => f.get(self.vm).code.get()?,
            None => v,
        };
        let c = code.get::<CodeObj>(self.vm)?;
        let exec = exec_of_word(code.bits())?;
        // Frames that are written back get the unit's globals.
        if c.globals.get() != self.globals.bits()
            || exec.tier.made.declined.get()
            || exec.makes.is_some()
        {
            return None;
        }
        // The builder cannot allocate the names.
        if c.names.get().is_none() && !exec.code.names.is_empty() {
            return None;
        }
        let env = Env {
            exec,
            code,
            namespace: None,
            ..*self
        };
        Some(Inlined {
            exec,
            env: Box::new(env),
        })
    }
    fn draft(&self) -> bool {
        self.draft
    }
    fn entries(&self) -> bool {
        self.fuel() || turn::armed(&self.vm.config)
    }
    fn known(&self, object: u64) -> Option<Known> {
        let v = Value::from_bits(object).filter(|v| v.is_object())?;
        if let Some(b) = v.get::<BuiltinObj>(self.vm) {
            let ours = b.module.get().is_some_and(|m| {
                m.is_kind(crate::object::Kind::Str) && self.vm.text(m) == "builtins"
            });
            return match b.def.name {
                "len" if ours => Some(Known::Len),
                "isinstance" if ours => Some(Known::IsInstance),
                "abs" if ours => Some(Known::Abs),
                "ord" if ours => Some(Known::Ord),
                "chr" if ours => Some(Known::Chr),
                "max" if ours => Some(Known::Max),
                "min" if ours => Some(Known::Min),
                _any_other => None,
            };
        }
        if let Some(d) = v.get::<MethodDescrObj>(self.vm) {
            return match d.def.name {
                "append" if d.class == ClassId::List => Some(Known::ListAppend),
                "insert" if d.class == ClassId::List => Some(Known::ListInsert),
                "pop" if d.class == ClassId::List => Some(Known::ListPop),
                "get" if d.class == ClassId::Dict => Some(Known::DictGet),
                _any_other => None,
            };
        }
        match class::builtin_of(self.vm, v) {
            Some(ClassId::Range) => Some(Known::Range),
            Some(ClassId::Super) => Some(Known::Super),
            Some(ClassId::Complex) => Some(Known::Complex),
            Some(ClassId::Reversed) => Some(Known::Reversed),
            Some(id) if is_plain_exception(id) => Some(Known::Exception(id)),
            Some(_) | None => None,
        }
    }
    fn seen(&self, exec: &Executable, q: &QInstr) -> Vec<Seen> {
        attr::seen(self.vm, &exec.sites, q)
    }
    fn site(&self, q: &QInstr) -> Option<u64> {
        self.exec.sites.address(q)
    }
    fn of_order(&self, class: u64, name: u64, after: Option<u64>) -> Option<u64> {
        let (class, name) = (Value::from_bits(class)?, Value::from_bits(name)?);
        let mro = class.get::<ClassObj>(self.vm)?.mro.get()?;
        let mut behind = after.is_none();
        for k in mro.get::<TupleObj>(self.vm)?.iter() {
            if behind {
                let d = k.get::<ClassObj>(self.vm)?.dict.get()?.cast::<DictObj>()?;
                if let Some(v) = dict::get_str(self.vm, d, name) {
                    return Some(v.bits());
                }
            }
            behind |= Some(k.bits()) == after;
        }
        Some(0)
    }
    fn class_of_shape(&self, shape: u32) -> Option<(u64, u64)> {
        let class = class::shape_of(self.vm, shape)?.get(self.vm).class.get()?;
        let c = class.get::<ClassObj>(self.vm)?;
        Some((class.bits(), c.version.get()))
    }
    fn special(&self, name: Special) -> Option<u64> {
        self.vm.specials[name as usize].get().map(Value::bits)
    }
    fn builtin_init(&self, object: u64) -> Option<Builtin> {
        let f = Value::from_bits(object).filter(|f| special::is_builtin_slot(self.vm, *f))?;
        match f.get::<MethodDescrObj>(self.vm)?.class {
            ClassId::Object => Some(Builtin::Object),
            c if c.is_exception() => Some(Builtin::Exception),
            _any_other => None,
        }
    }
    fn scope_of(&self, function: u64, i: u32) -> Option<(u64, u64)> {
        let f = Value::from_bits(function)?.get::<FunctionObj>(self.vm)?;
        let names = f.code.get()?.get::<CodeObj>(self.vm)?.names.get()?;
        let name = names.get::<TupleObj>(self.vm)?.get(i as usize)?;
        Some((name.bits(), f.globals.get()?.bits()))
    }
    fn settled(&self, cell: u64) -> u64 {
        let c = Value::from_bits(cell).and_then(|c| c.get::<GlobalCellObj>(self.vm));
        let v = c.filter(|c| watch::settled(c)).and_then(|c| c.value.get());
        v.filter(|v| v.is_kind(Kind::Function))
            .map_or(0, Value::bits)
    }
    fn in_cell(&self, cell: u64) -> u64 {
        let Some(cell) = Value::from_bits(cell) else {
            return 0;
        };
        let content = match cell.get::<CellObj>(self.vm) {
            Some(c) => c.value.get(),
            None => cell
                .get::<GlobalCellObj>(self.vm)
                .and_then(|c| c.value.get()),
        };
        content.map_or(0, Value::bits)
    }
    fn adds(&self, class: u64, shape: u32, name: u64) -> Option<(u32, u32)> {
        let vm = self.vm;
        let name = Value::from_bits(name)?;
        let key = vm.specials[Special::SetAttr as usize].get()?;
        let set = Value::from_bits(self.of_order(class, key.bits(), None)?)?;
        if !special::is_builtin_slot(vm, set) {
            return None;
        }
        if let Some(d) = Value::from_bits(self.of_order(class, name.bits(), None)?) {
            let data = matches!(
                d.kind(),
                Some(Kind::Member | Kind::GetSet | Kind::Property | Kind::TupleGetter)
            );
            if d.is_user() || data {
                return None;
            }
        }
        let members = Value::from_bits(class)?.get::<ClassObj>(vm)?.nslots;
        let next = class::shape_of(vm, shape)?.get(vm).next.get()?;
        let next = match next.cast::<DictObj>() {
            Some(d) => dict::get_str(vm, d, name)?,
            None => next,
        };
        let s = next.get::<ShapeObj>(vm)?;
        (s.name.get() == Some(name) && !s.dictful).then(|| (members + s.len - 1, s.number))
    }
    fn version(&self, function: u64) -> Option<u64> {
        let f = Value::from_bits(function)?.get::<FunctionObj>(self.vm)?;
        Some(f.version.get())
    }
    fn getter(&self, property: u64) -> u64 {
        Value::from_bits(property)
            .and_then(|p| p.get::<PropertyObj>(self.vm)?.get.get())
            .map_or(0, Value::bits)
    }
    fn burnt(&self, pc: u32, r: Reason) -> bool {
        self.exec.tier.made.is_burnt(pc, r)
    }
}

fn describe(vm: &Vm, object: u64) -> String {
    let Some(v) = Value::from_bits(object) else {
        return "nothing".to_string();
    };
    if let Some(f) = v.get::<FunctionObj>(vm)
        && let Some(n) = f.name.get()
    {
        return format!("function {}", vm.text(n));
    }
    if let Some(c) = v.get::<CodeObj>(vm)
        && let Some(c) = &c.code
    {
        return format!("code {}", c.name);
    }
    if v.is_kind(Kind::Str) {
        return vm.text(v);
    }
    vm.type_name(v).to_string()
}

/// Whether exceptions of this builtin class are nothing but their arguments.
fn is_plain_exception(id: ClassId) -> bool {
    let with_value = id.is_subclass(ClassId::StopIteration) || id.is_subclass(ClassId::SystemExit);
    id.is_exception() && exceptions::fields_of(id).is_empty() && !with_value
}
