//! Runs a program and turns how it ends into an exit status.

use super::options::{Options, Source};
use super::{dump, pyc, stats, stream};
use crate::code::object::CodeObject;
use crate::compile::{Mode, compile_warned, source, warning_text};
use crate::{Engine, Error, Exit, JitMode};
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::Arc;

/// A source file that cannot be read, a wrong command line.
const USAGE: u8 = 2;
/// A limit stopped the program.
const LIMIT: u8 = 3;
/// 128 + SIGINT, which is how the shell shows a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Runs what the command line names.
pub fn run(o: Options) -> ExitCode {
    if let Some(file) = &o.compile {
        return pyc::compile_file(file, o.output.as_deref());
    }
    let code = match program(&o) {
        Ok(c) => c,
        Err((status, e)) => {
            eprintln!("{e}");
            return ExitCode::from(status);
        }
    };
    if o.dump_code {
        eprint!("{}", dump::code(&code));
    }
    if o.dis {
        let mut out = stream::stdout();
        let _ = out.write_all(dump::code(&code).as_bytes());
        let _ = out.flush();
        return ExitCode::SUCCESS;
    }
    let mut engine = match engine(&o) {
        Ok(e) => e,
        Err(e) => {
            eprintln!("taipan: {e}");
            return ExitCode::from(LIMIT);
        }
    };
    let result = ctrl_c(&engine)
        .and_then(|()| match &o.source {
            Source::File(f) => engine.set_global("__file__", f),
            Source::Text(_) | Source::Stdin => Ok(()),
        })
        .and_then(|()| engine.run_code(code));
    let status = finish(&mut engine, result);
    if o.stats {
        eprint!("{}", stats::table(&mut engine));
    }
    if let Some(file) = &o.coverage
        && let Err(e) = append(file, &engine.vm().coverage_lines())
    {
        eprintln!("taipan: can't write '{file}': {e}");
    }
    ExitCode::from(status)
}

fn append(file: &str, lines: &[String]) -> std::io::Result<()> {
    let mut f = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(file)?;
    lines.iter().try_for_each(|l| writeln!(f, "{l}"))
}

/// What is to run: compiled from text, or out of a `.pyc`.
fn program(o: &Options) -> Result<Arc<CodeObject>, (u8, String)> {
    let (bytes, name) = read(&o.source)?;
    if let Source::File(f) = &o.source
        && let Some(loaded) = pyc::script(f, &bytes)
    {
        return loaded.map_err(|e| (1, e));
    }
    let text: String = match &o.source {
        Source::Text(t) => format!("{t}\n"),
        Source::File(_) | Source::Stdin => {
            match source::decode(&bytes, &name, source::From::File) {
                Ok(t) => t.into(),
                Err(e) => return Err((1, e.to_string())),
            }
        }
    };
    if o.dump_ast {
        eprint!("{}", dump::ast(&text));
    }
    compile_warned(&text, &name, Mode::Exec, Default::default())
        .map(|(code, warnings)| {
            eprint!("{}", warning_text(&name, &warnings));
            code
        })
        .map_err(|e| (1, e.to_string().trim_end_matches('\n').to_owned()))
}

/// The program's bytes, and the name its code objects bear.
fn read(source: &Source) -> Result<(Vec<u8>, String), (u8, String)> {
    match source {
        Source::Text(_) => Ok((Vec::new(), "<string>".into())),
        Source::File(f) => match std::fs::read(f) {
            Ok(b) => Ok((b, f.clone())),
            Err(e) => {
                let number = e
                    .raw_os_error()
                    .map_or(String::new(), |n| format!("[Errno {n}] "));
                let text = e.to_string();
                let text = text.split(" (os error").next().unwrap_or_default();
                Err((
                    USAGE,
                    format!("taipan: can't open file '{f}': {number}{text}"),
                ))
            }
        },
        Source::Stdin => {
            let mut b = Vec::new();
            match std::io::stdin().lock().read_to_end(&mut b) {
                Ok(_) => Ok((b, "<stdin>".into())),
                Err(e) => Err((USAGE, format!("taipan: can't read stdin: {e}"))),
            }
        }
    }
}

/// `sys.path[0]`: where the script really lies; what `''` stands for is the current directory.
fn first_of_path(source: &Source) -> String {
    match source {
        Source::Text(_) | Source::Stdin => String::new(),
        Source::File(f) => {
            let real = std::fs::canonicalize(f).unwrap_or_else(|_| f.into());
            real.parent()
                .map_or(String::new(), |p| p.to_string_lossy().into_owned())
        }
    }
}

fn engine(o: &Options) -> Result<Engine, Error> {
    let mut b = Engine::builder()
        .jit_seed(o.seed)
        .gc_stress(o.gc_stress)
        .gc_precise(o.gc_precise)
        .count(o.stats)
        .coverage(o.coverage.is_some())
        .dump(o.dump)
        .argv(o.argv.clone())
        .files(true)
        .path([first_of_path(&o.source)])
        .stdout(stream::stdout())
        .stderr(stream::stderr());
    if let Some(mode) = o.jit {
        b = b.jit(mode);
        if mode != JitMode::Off
            && let Err(why) = Engine::native_code_available()
        {
            eprintln!("taipan: everything is interpreted: {why}");
            b = b.jit(JitMode::Off);
        }
    }
    if let Some(n) = o.max_memory {
        b = b.max_memory(n);
    }
    if let Some(n) = o.max_recursion {
        b = b.recursion_limit(n);
    }
    if let Some(n) = o.max_fuel {
        b = b.max_fuel(n);
    }
    b.build()
}

/// Ctrl-C raises KeyboardInterrupt in the program. A thread waits for the signal: the handler
/// itself must do next to nothing.
fn ctrl_c(engine: &Engine) -> Result<(), Error> {
    let handle = engine.interrupt_handle();
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT])?;
    std::thread::Builder::new()
        .name("signals".into())
        .stack_size(64 << 10)
        .spawn(move || {
            for _ in signals.forever() {
                handle.keyboard_interrupt();
            }
        })?;
    Ok(())
}

/// Flushes, prints what was not caught, and says which exit status it is.
fn finish(engine: &mut Engine, result: Result<(), Error>) -> u8 {
    let _ = engine.vm().stdout.flush();
    let (text, status) = match result {
        Ok(()) => (String::new(), 0),
        Err(Error::Python(e)) => match e.exit {
            Some(Exit::Code(c)) => (String::new(), c as u8),
            Some(Exit::Text(t)) => (t + "\n", 1),
            None => {
                // The hook may end the program in its own way.
                match engine.report(&e) {
                    Ok(()) => {}
                    Err(Error::Python(p)) if p.exit.is_none() => {
                        let _ = engine.vm().stderr.write_all(e.traceback.as_bytes());
                    }
                    Err(end) => return finish(engine, Err(end)),
                }
                let status = match &*e.type_name {
                    "KeyboardInterrupt" => INTERRUPTED,
                    _ => 1,
                };
                (String::new(), status)
            }
        },
        Err(e @ Error::Terminated(_)) => (format!("taipan: stopped: {e}\n"), LIMIT),
        Err(e) => (format!("{e}\n"), 1),
    };
    let err = &mut engine.vm().stderr;
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
    status
}
