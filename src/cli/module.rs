//! `__main__` as `python` describes it: script, text, `-m`; and what `site` adds to builtins.

use super::options::{Options, Source};
use super::run::NoProgram;
use crate::modules::{find, import, spec, sys_attribute};
use crate::object::{ClassId, Value};
use crate::protocol::attr;
use crate::types::dict::ops as dict;
use crate::types::exception::ops as exceptions;
use crate::types::list::ops as list;
use crate::types::{builtin::site, module, namespace};
use crate::vm::{Raised, Vm};
use crate::{Engine, Error};

/// What a program finds beside the engine's own: `sys.executable`, prompts, `exit` and `quit`.
pub fn prepare(engine: &mut Engine, o: &Options) -> Result<(), Error> {
    engine.within(|vm, _| {
        let sys = vm.intern("sys")?;
        let sys = crate::modules::import(vm, sys)?;
        let exe = std::env::current_exe().unwrap_or_default();
        let prefix = exe.parent().and_then(|d| d.parent());
        let prefix = prefix.map_or(String::new(), |p| p.to_string_lossy().into_owned());
        if let Some(d) = module::dict_of(vm, sys) {
            let exe = vm.new_str(&exe.to_string_lossy())?;
            dict::set_name(vm, d, "executable", exe)?;
            let prefix = vm.new_str(&prefix)?;
            for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
                dict::set_name(vm, d, name, prefix)?;
            }
            if o.flags.interactive {
                for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
                    let text = vm.new_str(text)?;
                    dict::set_name(vm, d, name, text)?;
                }
            }
        }
        if !o.no_site
            && let Some(b) = vm.builtins.get().and_then(Value::cast)
        {
            for def in site::ROWS {
                let f = crate::types::builtin::methods::new(vm, def, None, None)?;
                dict::set_name(vm, b, def.name, f)?;
            }
        }
        Ok(Value::NONE)
    })
}

/// `__file__` and its like, for a script.
pub fn describe_main(engine: &mut Engine, source: &Source) -> Result<(), Error> {
    let file = match source {
        Source::File(f) => f.clone(),
        Source::Stdin => "<stdin>".to_owned(),
        Source::Text(_) | Source::Module(_) => return Ok(()),
    };
    let loaded = matches!(source, Source::File(_));
    engine.within(|vm, globals| {
        let file = vm.new_str(&file)?;
        if loaded {
            let name = vm.intern("__main__")?;
            let loader = namespace::new(
                vm,
                ClassId::SourceFileLoader,
                &[("name", name), ("path", file)],
            )?;
            dict::set_name(vm, globals, "__loader__", loader)?;
        }
        dict::set_name(vm, globals, "__file__", file)?;
        dict::set_name(vm, globals, "__cached__", Value::NONE)?;
        Ok(Value::NONE)
    })
}

/// `-m name`: the module, or the `__main__` of the package, as `__main__`.
///
/// # Errors
/// There is none.
pub fn run(engine: &mut Engine, name: &str) -> Result<Result<(), Error>, NoProgram> {
    let mut said = None;
    let r = engine.within(|vm, globals| {
        let (place, full) = match locate(vm, name)? {
            Ok(found) => found,
            Err(text) => {
                said = Some(text);
                return Ok(Value::NONE);
            }
        };
        let file = place.file().unwrap_or_default().to_owned();
        let code = find::code_of(vm, &file)?;
        if let Some(argv) = sys_attribute(vm, "argv")?.and_then(Value::cast) {
            // A directory's `__main__` keeps the directory's name there.
            let script = match &vm.config.flags.directory {
                Some(d) => d.clone(),
                None => file,
            };
            let script = vm.new_str(&script)?;
            list::put(vm, argv, 0, script);
        }
        let full = vm.new_str(&full)?;
        let spec = find::spec_of(vm, full, &place)?;
        let name = vm.intern("__main__")?;
        let main = crate::modules::import(vm, name)?;
        spec::describe(vm, spec, main, true)?;
        dict::set_name(vm, globals, "__name__", name)?;
        vm.run_module(code, globals)
    });
    match said {
        Some(text) => Err((1, format!("taipan: {text}"))),
        None => Ok(r),
    }
}

type Located = Result<(find::Place, String), String>;

fn locate(vm: &mut Vm, name: &str) -> Result<Located, Raised> {
    let failed = |what: String| {
        Ok(Err(format!(
            "Error while finding module specification for '{name}' (ModuleNotFoundError: {what})"
        )))
    };
    let mut path = None;
    let mut tail = name;
    if let Some((parent, last)) = name.rsplit_once('.') {
        tail = last;
        let key = vm.new_str(parent)?;
        let m = match import::find_and_load(vm, key) {
            Ok(m) => m,
            Err(r) => {
                let e = vm.catch(r, ClassId::ModuleNotFoundError)?;
                let missing = exceptions::field(vm, e, "name").map(|n| vm.text(n));
                let own = missing.as_ref().is_some_and(|m| {
                    m == parent
                        || parent
                            .strip_prefix(m.as_str())
                            .is_some_and(|r| r.starts_with('.'))
                });
                if !own {
                    return Err(vm.reraise(e));
                }
                let text = crate::protocol::repr::str(vm, e)?;
                return failed(vm.text(text));
            }
        };
        let key = vm.intern("__path__")?;
        path = attr::lookup(vm, m, key)?;
        if path.is_none() {
            return failed(format!(
                "__path__ attribute not found on '{parent}' while trying to find '{name}'"
            ));
        }
    } else if find::is_builtin(name) {
        return Ok(Err(format!("No code object available for {name}")));
    }
    let Some(place) = find::place(vm, tail, path)? else {
        return Ok(Err(format!("No module named {name}")));
    };
    if let find::Place::Module(_) = place {
        return Ok(Ok((place, name.to_owned())));
    }
    if tail == "__main__" {
        return Ok(Err("Cannot use package as __main__ module".to_owned()));
    }
    let key = vm.new_str(name)?;
    let package = import::find_and_load(vm, key)?;
    let key = vm.intern("__path__")?;
    let path = attr::get_attr(vm, package, key)?;
    Ok(match find::place(vm, "__main__", Some(path))? {
        Some(p) => Ok((p, format!("{name}.__main__"))),
        None => Err(format!(
            "No module named {name}.__main__; '{name}' is a package and cannot be directly executed"
        )),
    })
}
