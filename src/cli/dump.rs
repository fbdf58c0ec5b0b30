//! `--dump=ast,code` and `--dis`: what the front end makes of a source.

use crate::code::dis::dis;
use crate::code::object::CodeObject;

/// The parser's tree, or nothing when there is none (compiling says why).
pub fn ast(source: &str) -> String {
    match ruff_python_parser::parse_module(source) {
        Ok(m) => format!("{:#?}\n", m.syntax()),
        Err(_) => String::new(),
    }
}

/// The listing of a code object and of those in it, as `dis.dis` prints them.
pub fn code(code: &CodeObject) -> String {
    // Code objects have addresses only in an engine.
    dis(code, &|_| 0)
}
