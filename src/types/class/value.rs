//! Layout of class objects.

use crate::object::{ClassId, Header, Kind, Object, Slot, Tracer};
use std::cell::Cell;

/// A class: a builtin one, or one that a program made.
#[repr(C)]
pub struct ClassObj {
    pub h: Header,
    /// The builtin class that it is, or whose layout its instances have.
    pub id: ClassId,
    /// A program made it.
    pub user: bool,
    /// Instances take attributes of their own, and weak references.
    pub has_dict: bool,
    pub has_weakref: bool,
    /// `__slots__` gave it members that its base has not.
    pub adds_slots: bool,
    /// `__abstractmethods__` names some.
    pub abstract_: Cell<bool>,
    /// It or a base defines `__del__`.
    pub finalizes: Cell<bool>,
    /// Slots that a new instance gets, and how many of them are members.
    pub inline: Cell<u32>,
    pub nslots: u32,
    /// Instances made so far; it stops at 2.
    pub made: Cell<u32>,
    /// Changed when the dict of the class or of one in its `__mro__` changes; unique in the engine.
    pub version: Cell<u64>,
    /// A dict of the class's own attributes.
    pub dict: Slot,
    /// Strs; empty for a builtin class, whose row has them.
    pub name: Slot,
    pub qualname: Slot,
    /// Tuples of classes.
    pub bases: Slot,
    pub mro: Slot,
    /// The base whose layout it has.
    pub base: Slot,
    /// A list of weak references to the classes right below it.
    pub below: Slot,
    /// Shapes of instances without attributes, and of those with a dict.
    pub root: Slot,
    pub dictful: Slot,
}
impl Object for ClassObj {
    const KIND: Kind = Kind::Class;
    fn trace(&self, t: &mut Tracer<'_>) {
        for s in [
            &self.dict,
            &self.name,
            &self.qualname,
            &self.bases,
            &self.mro,
            &self.base,
            &self.below,
            &self.root,
            &self.dictful,
        ] {
            t.slot(s);
        }
    }
}
