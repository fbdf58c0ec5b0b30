//! What CPython's `site` adds to builtins for people at the prompt: functions whose repr says how to
//! use them.

use crate::object::method::R;
use crate::object::{Args, ClassId, Conv, MethodDef, Value};
use crate::protocol::{attr, repr};
use crate::types::dict::ops as dict;
use crate::types::dict::value::DictObj;
use crate::vm::{Raised, Vm};

/// Rows.
pub static ROWS: &[MethodDef] = &[
    MethodDef {
        name: "exit",
        conv: Conv::Pos(0, 1, quit),
        doc: "Leave the program with a status.",
    },
    MethodDef {
        name: "quit",
        conv: Conv::Pos(0, 1, quit),
        doc: "Leave the program with a status.",
    },
    MethodDef {
        name: "copyright",
        conv: Conv::NoArgs(|vm, _| say(vm, COPYRIGHT)),
        doc: "Whose Taipan is.",
    },
    MethodDef {
        name: "credits",
        conv: Conv::NoArgs(|vm, _| say(vm, CREDITS)),
        doc: "What Taipan is made of.",
    },
    MethodDef {
        name: "license",
        conv: Conv::NoArgs(|vm, _| say(vm, LICENSE)),
        doc: "On what terms Taipan may be used.",
    },
    MethodDef {
        name: "help",
        conv: Conv::Pos(0, 1, help),
        doc: "Show what an object says of itself.",
    },
];

const COPYRIGHT: &str = "Copyright (c) the authors of Taipan.";
const CREDITS: &str =
    "Taipan stands on the work of the Python community, of ruff's parser and of Cranelift.";
const LICENSE: &str =
    "Taipan may be used under the MIT license or the Apache License 2.0, as you like.";

/// What the repr of one of these functions is.
pub fn shown(def: &'static MethodDef) -> Option<String> {
    if !ROWS.iter().any(|r| std::ptr::eq(r, def)) {
        return None;
    }
    Some(match def.name {
        "copyright" => COPYRIGHT.into(),
        "credits" => CREDITS.into(),
        "license" => "Type license() to see the full license text".into(),
        "help" => "Type help() for interactive help, or help(object) for help about object.".into(),
        n => format!("Use {n}() or Ctrl-D (i.e. EOF) to exit"),
    })
}

fn quit(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let code = a.get(0).unwrap_or(Value::NONE);
    Err(vm.raise_args(ClassId::SystemExit, &[code]))
}

/// Prints a line as `print` does.
fn say(vm: &mut Vm, text: &str) -> R {
    let text = vm.new_str(text)?;
    let print = match vm.builtins.get().and_then(Value::cast::<DictObj>) {
        Some(b) => dict::get_name(vm, b, "print")?,
        None => None,
    };
    match print {
        Some(p) => vm.call(p, Args::pos(&[text])),
        None => Ok(Value::NONE),
    }
}

fn text_of(vm: &mut Vm, v: Value, name: &str) -> Result<Option<String>, Raised> {
    let name = vm.intern(name)?;
    Ok(match attr::optional(vm, v, name)? {
        Some(d) if d.is_kind(crate::object::Kind::Str) => Some(vm.text(d)),
        _ => None,
    })
}

fn help(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let Some(v) = a.get(0) else {
        return say(
            vm,
            "help(object) shows what an object says of itself; dir(object) names its attributes.",
        );
    };
    let shown = repr::repr(vm, v)?;
    let mut text = vm.text(shown);
    let doc = text_of(vm, v, "__doc__")?;
    for l in doc.as_deref().unwrap_or("It has no documentation.").lines() {
        text.push_str("\n    ");
        text.push_str(l.trim());
    }
    say(vm, text.trim_end())
}
