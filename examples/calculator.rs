//! A calculator for formulas that users type: Python's expressions, functions of the host's, no way out.
//!
//! `cargo run --example calculator -- "price('tea') * 3" "2 ** 100" "open('/etc/passwd')" "sum(iter(int, 1))"`

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;
use taipan::{Engine, Error, HostError, Object};

type Done = Result<(), Box<dyn std::error::Error>>;

fn calculator() -> Result<Engine, Error> {
    let mut engine = Engine::builder()
        .max_memory(16 << 20)
        .max_time(Duration::from_millis(250))
        .build()?;
    let prices: BTreeMap<&str, f64> = [("tea", 2.5), ("cake", 4.0)].into();
    engine.register("price", move |what: String| {
        let unknown = || HostError::new("KeyError", format!("nothing is called {what}"));
        prices.get(what.as_str()).copied().ok_or_else(unknown)
    })?;
    engine.register("hypot", |a: f64, b: f64| a.hypot(b))?;
    // What the last formula gave.
    engine.set_global("_", ())?;
    Ok(engine)
}

/// The answer as Python shows it, or why there is none, in a line.
fn answer(engine: &mut Engine, formula: &str) -> Result<String, Error> {
    let shown = engine
        .eval::<Object>(formula)
        .and_then(|v| engine.set_global("_", &v).map(|()| v))
        .and_then(|v| v.repr(engine));
    match shown {
        Err(Error::Python(e)) => Ok(format!("{}: {}", e.type_name, e.message)),
        Err(Error::Compile(_)) => Ok("that is no formula".into()),
        Err(Error::Terminated(why)) => Ok(format!("stopped: {why}")),
        other => other,
    }
}

/// Answers each formula.
pub fn run(formulas: &[String], out: &mut impl Write) -> Done {
    let mut engine = calculator()?;
    for f in formulas {
        writeln!(out, "{f} = {}", answer(&mut engine, f)?)?;
    }
    Ok(())
}

#[allow(dead_code)] // its test calls `run`
fn main() -> Done {
    run(
        &std::env::args().skip(1).collect::<Vec<_>>(),
        &mut std::io::stdout(),
    )
}
