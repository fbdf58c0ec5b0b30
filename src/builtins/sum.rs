//! What `sum` adds up. A total that is a float or an int is kept as a number: floats of a list are added in a row, and
//! native code adds what a generator yields where it is (`protocol::iter::Running`).

use crate::object::method::R;
use crate::object::{Gc, Value};
use crate::protocol::iter::{self, Flow, Running, Taker};
use crate::protocol::number::{self, BinOp};
use crate::types::list::value::ListObj;
use crate::vm::{Raised, Vm};
use std::cell::Cell;

/// Items that are added without a look at the limits.
const ROW: usize = 1024;

/// What holds the total.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Value,
    Float,
    Int,
}
struct Sum {
    held: Held,
    value: Value,
    float: f64,
    int: i64,
}

/// `sum` of something that can be iterated.
pub(super) fn sum(vm: &mut Vm, v: Value, start: Value) -> R {
    let mut sum = Sum {
        held: Held::Value,
        value: Value::NONE,
        float: 0.0,
        int: 0,
    };
    sum.hold(start);
    match v.exact::<ListObj>() {
        Some(l) => of_list(vm, l, &mut sum)?,
        None => iter::give_all(vm, v, &mut sum)?,
    }
    sum.total(vm)
}

/// The list may change meanwhile, as under `for`.
fn of_list(vm: &mut Vm, l: Gc<ListObj>, sum: &mut Sum) -> Result<(), Raised> {
    let mut i = 0;
    loop {
        let items = l.get(vm).items.cells();
        let rest = items.get(i..).unwrap_or_default();
        let n = sum.row(&rest[..rest.len().min(ROW)]);
        if n > 0 {
            i += n;
            vm.burn(n as u64)?;
            vm.poll()?;
            continue;
        }
        let Some(x) = l.get(vm).items.get(i) else {
            return Ok(());
        };
        i += 1;
        vm.burn(1)?;
        vm.poll()?;
        sum.take(vm, x)?;
    }
}

impl Sum {
    fn hold(&mut self, v: Value) {
        if let Some(f) = v.as_float() {
            (self.held, self.float) = (Held::Float, f);
        } else if let Some(i) = v.as_small_int() {
            (self.held, self.int) = (Held::Int, i);
        } else {
            (self.held, self.value) = (Held::Value, v);
        }
    }
    fn total(&self, vm: &mut Vm) -> R {
        match self.held {
            Held::Value => Ok(self.value),
            Held::Float => Ok(Value::float(self.float)),
            Held::Int => vm.new_int(self.int),
        }
    }
    /// Adds a number of the total's own type. False: nothing was done.
    #[inline(always)]
    fn add(&mut self, x: Value) -> bool {
        match self.held {
            Held::Float => match x.as_float() {
                Some(f) => {
                    self.float += f;
                    true
                }
                None => false,
            },
            Held::Int => match x.as_small_int().and_then(|i| self.int.checked_add(i)) {
                Some(i) => {
                    self.int = i;
                    true
                }
                None => false,
            },
            Held::Value => false,
        }
    }
    /// Adds the first of these items as long as they are such numbers: how many.
    fn row(&mut self, items: &[Cell<Value>]) -> usize {
        let other = |x: &Cell<Value>| !self.add(x.get());
        items.iter().position(other).unwrap_or(items.len())
    }
}

impl Taker for Sum {
    #[inline]
    fn take(&mut self, vm: &mut Vm, x: Value) -> Result<Flow, Raised> {
        if !self.add(x) {
            let t = self.total(vm)?;
            let t = number::binary(vm, BinOp::Add, t, x)?;
            self.hold(t);
        }
        Ok(Flow::Go)
    }
    fn take_quietly(&mut self, _: &Vm, x: Value) -> bool {
        self.add(x)
    }
    fn running(&mut self) -> Running {
        match self.held {
            Held::Float => Running::Float(&raw mut self.float as usize),
            Held::Int => Running::Int(&raw mut self.int as usize),
            Held::Value => Running::None,
        }
    }
}
