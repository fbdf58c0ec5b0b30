//! `_io`: the classes of files, for the library's `io`.

use crate::object::{ClassId, MethodDef, Value};
use crate::types::dict::ops as dict;
use crate::types::module;
use crate::vm::{Raised, Vm};

/// Rows.
pub const FUNCTIONS: &[MethodDef] = &[];

const NAMES: &[(&str, ClassId)] = &[
    ("TextIOWrapper", ClassId::TextIo),
    ("FileIO", ClassId::FileIo),
    ("BufferedReader", ClassId::BufferedReader),
    ("BufferedWriter", ClassId::BufferedWriter),
    ("BufferedRandom", ClassId::BufferedRandom),
    ("UnsupportedOperation", ClassId::UnsupportedOperation),
];

/// Binds the classes.
pub fn fill(vm: &mut Vm, m: Value) -> Result<(), Raised> {
    let Some(d) = module::dict_of(vm, m) else {
        return Ok(());
    };
    for &(name, id) in NAMES {
        let class = vm.class_object(id)?;
        dict::set_name(vm, d, name, class)?;
    }
    Ok(())
}
