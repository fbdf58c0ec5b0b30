//! Arguments of a call, where they lie: on the VM stack.

use super::value::Value;

/// Positional values, then keyword values, with the keywords' names in a tuple beside them: the
/// layout of CPython's vectorcall. The slice lies on the VM stack, which does not move.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    all: &'a [Value],
    npos: usize,
    kwnames: Option<Value>,
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    #[inline(always)]
    pub fn pos(all: &'a [Value]) -> Args<'a> {
        Args {
            all,
            npos: all.len(),
            kwnames: None,
        }
    }
    /// The last `nkw` values belong to the names in the tuple `kwnames`.
    ///
    /// # Panics
    /// When `nkw` exceeds the number of values.
    pub fn with_kw(all: &'a [Value], kwnames: Value, nkw: usize) -> Args<'a> {
        Args {
            all,
            npos: all
                .len()
                .checked_sub(nkw)
                .expect("more keywords than values"),
            kwnames: (nkw > 0).then_some(kwnames),
        }
    }
    /// Number of positional arguments.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.npos
    }
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
    /// Positional argument `i`.
    #[inline(always)]
    pub fn get(&self, i: usize) -> Option<Value> {
        self.positional().get(i).copied()
    }
    #[inline(always)]
    pub fn positional(&self) -> &'a [Value] {
        &self.all[..self.npos]
    }
    /// Number of keyword arguments.
    #[inline(always)]
    pub fn nkw(&self) -> usize {
        self.all.len() - self.npos
    }
    /// The values of the keyword arguments.
    pub fn kw_values(&self) -> &'a [Value] {
        &self.all[self.npos..]
    }
    /// The tuple of keyword names, when there are any.
    #[inline(always)]
    pub fn kwnames(&self) -> Option<Value> {
        self.kwnames
    }
    /// All values, in order.
    pub fn all(&self) -> &'a [Value] {
        self.all
    }
}
impl std::ops::Index<usize> for Args<'_> {
    type Output = Value;
    /// Positional argument `i`, which the row's arity has checked.
    fn index(&self, i: usize) -> &Value {
        &self.positional()[i]
    }
}
