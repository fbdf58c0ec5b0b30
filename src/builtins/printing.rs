//! `print` and `input`.

use crate::modules::sys_attribute;
use crate::object::method::R;
use crate::object::{Args, Kind, Value};
use crate::protocol::{attr, repr, truth};
use crate::raise;
use crate::types::args;
use crate::types::dict::ops as dict;
use crate::types::str::value::StrObj;
use crate::types::stream::{self, Stream};
use crate::vm::{Raised, Vm};

/// Where text goes: a stream of ours at once, anything else through its `write`.
enum Sink {
    Stream(Stream),
    Object(Value),
}
impl Sink {
    fn of(vm: &Vm, file: Value) -> Sink {
        match stream::which(vm, file) {
            Some(s @ (Stream::Out | Stream::Err)) => Sink::Stream(s),
            _ => Sink::Object(file),
        }
    }
    fn write(&self, vm: &mut Vm, v: Value, as_is: bool) -> Result<(), Raised> {
        match *self {
            Sink::Stream(s) => {
                let text = if as_is { v } else { repr::str(vm, v)? };
                stream::write(vm, s, text)
            }
            Sink::Object(f) => {
                let name = vm.intern("write")?;
                let write = attr::get_attr(vm, f, name)?;
                let text = if as_is { v } else { repr::str(vm, v)? };
                vm.call(write, Args::pos(&[text]))?;
                Ok(())
            }
        }
    }
    fn text(&self, vm: &mut Vm, s: &str) -> Result<(), Raised> {
        match *self {
            Sink::Stream(w) => stream::write_text(vm, w, s),
            Sink::Object(_) => {
                let v = vm.new_str(s)?;
                self.write(vm, v, true)
            }
        }
    }
}

/// `print(*values, sep=' ', end='\n', file=sys.stdout, flush=False)`
pub fn print(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let [mut sep, mut end, mut file, mut flush] = [None; 4];
    for i in 0..a.nkw() {
        args::str_keyword(vm, a, i)?;
        let k = args::kwname(vm, a, i);
        let k = args::text(vm, k);
        let to = match k.as_str() {
            "sep" => &mut sep,
            "end" => &mut end,
            "file" => &mut file,
            "flush" => &mut flush,
            _ => {
                return Err(raise!(
                    vm,
                    TypeError,
                    "'{k}' is an invalid keyword argument for print()"
                ));
            }
        };
        *to = Some(a.kw_values()[i]);
    }
    let file = match file.filter(|f| !f.is_none()) {
        Some(f) => f,
        None => match sys_attribute(vm, "stdout")? {
            Some(f) if f.is_none() => return Ok(Value::NONE),
            Some(f) => f,
            None => return Err(raise!(vm, RuntimeError, "lost sys.stdout")),
        },
    };
    let sep = sep.filter(|v| !v.is_none());
    let end = end.filter(|v| !v.is_none());
    for (v, what) in [(sep, "sep"), (end, "end")] {
        if let Some(v) = v.filter(|v| !v.is_kind(Kind::Str)) {
            let t = vm.type_name(v);
            return Err(raise!(
                vm,
                TypeError,
                "{what} must be None or a string, not {t}"
            ));
        }
    }
    let sink = Sink::of(vm, file);
    for (i, &v) in a.positional().iter().enumerate() {
        if i > 0 {
            match sep {
                Some(s) => sink.write(vm, s, true)?,
                None => sink.text(vm, " ")?,
            }
        }
        sink.write(vm, v, false)?;
    }
    match end {
        Some(e) => sink.write(vm, e, true)?,
        None => sink.text(vm, "\n")?,
    }
    if let Some(f) = flush
        && truth::is_true(vm, f)?
    {
        flush_file(vm, file)?;
    }
    Ok(Value::NONE)
}

/// `sys.displayhook(value)`: echoes what is not None, and keeps it as `_` of builtins.
pub fn display(vm: &mut Vm, _: Value, v: Value) -> R {
    if v.is_none() {
        return Ok(Value::NONE);
    }
    let Some(builtins) = vm.builtins.get().and_then(|b| b.cast()) else {
        return Err(raise!(vm, RuntimeError, "lost builtins module"));
    };
    // So that a repr that is asked for meanwhile does not find itself.
    dict::set_name(vm, builtins, "_", Value::NONE)?;
    let file = match sys_attribute(vm, "stdout")? {
        Some(f) if !f.is_none() => f,
        _ => return Err(raise!(vm, RuntimeError, "lost sys.stdout")),
    };
    let sink = Sink::of(vm, file);
    let shown = repr::repr(vm, v)?;
    sink.write(vm, shown, true)?;
    sink.text(vm, "\n")?;
    dict::set_name(vm, builtins, "_", v)?;
    Ok(Value::NONE)
}

fn flush_file(vm: &mut Vm, file: Value) -> Result<(), Raised> {
    if let Some(s) = stream::which(vm, file) {
        return stream::flush(vm, s);
    }
    let name = vm.intern("flush")?;
    let f = attr::get_attr(vm, file, name)?;
    vm.call(f, Args::pos(&[]))?;
    Ok(())
}

/// `input(prompt='')`
pub fn input(vm: &mut Vm, _: Value, a: Args<'_>) -> R {
    let mut files = [Value::NONE; 3];
    for (f, name) in files.iter_mut().zip(["stdin", "stdout", "stderr"]) {
        match sys_attribute(vm, name)?.filter(|f| !f.is_none()) {
            Some(v) => *f = v,
            None => return Err(raise!(vm, RuntimeError, "input(): lost sys.{name}")),
        }
    }
    let [stdin, stdout, stderr] = files;
    flush_file(vm, stderr)?;
    if let Some(p) = a.get(0) {
        Sink::of(vm, stdout).write(vm, p, false)?;
    }
    flush_file(vm, stdout)?;
    let name = vm.intern("readline")?;
    let f = attr::get_attr(vm, stdin, name)?;
    let line = vm.call(f, Args::pos(&[]))?;
    let Some(s) = line.get::<StrObj>(vm) else {
        return Err(raise!(
            vm,
            TypeError,
            "object.readline() returned non-string"
        ));
    };
    if s.len == 0 {
        return Err(raise!(vm, EOFError, "EOF when reading a line"));
    }
    let text = s.as_bytes();
    let text = text.strip_suffix(b"\n").unwrap_or(text).to_vec();
    vm.new_str_wtf8(&text)
}
