//! Runs a program and turns how it ends into an exit status.

use super::options::{Options, Source};
use super::{bench, dump, module, pyc, repl, stats, stream, tiers};
use crate::code::object::CodeObject;
use crate::compile::{self, Mode, compile_warned, decode, warning_text};
use crate::{Engine, Error, Exit, JitMode};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// A source file that cannot be read, a wrong command line.
pub const USAGE: u8 = 2;
/// A limit stopped the program.
const LIMIT: u8 = 3;
/// The sandbox refused what the program asked for.
const DENIED: u8 = 4;
/// What was printed could not be handed over.
const UNFLUSHED: u8 = 120;
/// 128 + SIGINT, where the process cannot end itself by that signal.
const INTERRUPTED: u8 = 130;

/// How a program ended.
pub enum End {
    Status(u8),
    /// KeyboardInterrupt that nothing caught: the process ends as by the signal.
    Interrupted,
}

/// Why there is no program to run: the exit status, and what to say.
pub type NoProgram = (u8, String);

/// Prints on the process's stderr. Nobody can be told that it failed.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end_matches('\n'));
}

/// Runs what the command line names.
pub fn run(o: Options) -> ExitCode {
    if let Some(file) = &o.compile {
        return pyc::compile_file(file, o.output.as_deref());
    }
    if o.compare {
        return tiers::compare(&o);
    }
    if let Some(rounds) = o.bench {
        return bench::bench(&o, rounds);
    }
    match go(o) {
        End::Status(s) => ExitCode::from(s),
        End::Interrupted => {
            let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
            ExitCode::from(INTERRUPTED)
        }
    }
}

fn go(mut o: Options) -> End {
    let prompt =
        matches!(o.source, Source::Stdin) && (o.flags.inspect || std::io::stdin().is_terminal());
    o.flags.interactive |= prompt;
    let mut code = None;
    if !prompt {
        match program(&mut o) {
            Ok(c) => code = c,
            Err((status, e)) => {
                say(&e);
                // `-i` goes on at the prompt all the same.
                if !o.flags.inspect || status == USAGE {
                    return End::Status(status);
                }
            }
        }
    }
    if let Some(code) = &code {
        if o.dump_code {
            say(&dump::code(code));
        }
        if o.dis {
            let mut out = stream::stdout(false);
            let _ = out.write_all(dump::code(code).as_bytes());
            let _ = out.flush();
            return End::Status(0);
        }
    }
    let mut engine = match engine(&o) {
        Ok(e) => e,
        Err(e) => {
            say(&format!("taipan: {e}"));
            return End::Status(LIMIT);
        }
    };
    let mut end = match ctrl_c(&engine).and_then(|()| module::prepare(&mut engine, &o)) {
        Ok(()) if prompt => repl::run(&mut engine, &o, true),
        Ok(()) => {
            let r = match (&o.source, code) {
                (Source::Module(name), _) => module::run(&mut engine, name),
                (source, Some(code)) => {
                    let r = module::describe_main(&mut engine, source)
                        .and_then(|()| engine.run_code(code));
                    // As python: what a file printed stands before its traceback. If it cannot be
                    // handed over that shows at the end.
                    if !matches!(source, Source::Text(_)) {
                        let _ = engine.vm().stdout.flush();
                    }
                    Ok(r)
                }
                (_, None) => Ok(Ok(())),
            };
            match r {
                Ok(result) => finish(&mut engine, &o, result),
                Err((status, text)) => {
                    say(&text);
                    End::Status(status)
                }
            }
        }
        Err(e) => finish(&mut engine, &o, Err(e)),
    };
    if o.flags.inspect && !prompt {
        end = repl::run(&mut engine, &o, false);
    }
    if let End::Status(n) = end
        && n != LIMIT
    {
        // What it raises was printed; a limit has nobody to tell any more.
        let _ = engine.finalize();
    }
    end = flush(&mut engine, end);
    if o.stats_json {
        let text = stats::json(&mut engine);
        match &o.stats_to {
            None => say(&text),
            Some(file) => {
                if let Err(e) = append(file, &[text.trim_end().to_owned()]) {
                    say(&format!("taipan: can't write '{file}': {e}"));
                }
            }
        }
    } else if o.stats {
        say(&stats::table(&mut engine));
    }
    if let Some(file) = &o.coverage
        && let Err(e) = append(file, &engine.vm().coverage_lines())
    {
        say(&format!("taipan: can't write '{file}': {e}"));
    }
    end
}

/// Appends lines to a file.
pub fn append(file: &str, lines: &[String]) -> std::io::Result<()> {
    let mut f = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(file)?;
    lines.iter().try_for_each(|l| writeln!(f, "{l}"))
}

/// What is to run: compiled from text, or out of a `.pyc`; nothing for a module, which is looked for
/// later. A directory stands for the `__main__.py` in it.
fn program(o: &mut Options) -> Result<Option<Arc<CodeObject>>, NoProgram> {
    if let Source::File(f) = &o.source
        && Path::new(f).is_dir()
    {
        let main = Path::new(f).join("__main__.py");
        if !main.is_file() {
            return Err((1, format!("taipan: can't find '__main__' module in '{f}'")));
        }
        o.flags.directory = Some(f.clone());
        o.source = Source::Module("__main__".into());
    }
    if matches!(o.source, Source::Module(_)) {
        return Ok(None);
    }
    let (bytes, name) = read(&o.source)?;
    if let Source::File(f) = &o.source
        && let Some(loaded) = pyc::script(f, &bytes)
    {
        return loaded.map(Some).map_err(|e| (1, e));
    }
    let mut text: String = match &o.source {
        Source::Text(t) => format!("{t}\n"),
        Source::File(_) | Source::Module(_) | Source::Stdin => {
            match decode::decode(&bytes, &name, decode::Origin::File) {
                Ok(t) => t.into(),
                Err(e) => return Err((1, e.to_string())),
            }
        }
    };
    if o.skip_line {
        // The line feed stays: lines keep their numbers.
        text = text.split_off(text.find('\n').unwrap_or(text.len()));
    }
    if o.dump_ast {
        say(&dump::ast(&text));
    }
    let options = compile::Options {
        optimize: o.flags.optimize,
        ..Default::default()
    };
    match compile_warned(&text, &name, Mode::Exec, options) {
        Ok((code, warnings)) => {
            let silent = o.flags.warn.iter().any(|w| w.starts_with("ignore"));
            let file = match (&o.source, warnings.is_empty()) {
                (Source::File(_), false) => Some(&*text),
                _ => None,
            };
            let shown = warning_text(&name, &warnings, file);
            if !silent && !shown.is_empty() {
                say(&shown);
            }
            Ok(Some(code))
        }
        Err(e) if e.kind == compile::ErrorKind::Value => {
            let line = text
                .split('\0')
                .next()
                .map_or(1, |t| 1 + t.matches('\n').count());
            Err((1, format!("  File \"{name}\", line {line}\n{e}")))
        }
        Err(e) => Err((1, e.to_string())),
    }
}

/// The program's bytes, and the name its code objects bear.
fn read(source: &Source) -> Result<(Vec<u8>, String), NoProgram> {
    match source {
        Source::Text(_) | Source::Module(_) => Ok((Vec::new(), "<string>".into())),
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

/// What `sys.path` begins with: where the script really lies; `''` stands for the current directory.
fn path(o: &Options) -> Vec<String> {
    if let Some(d) = &o.flags.directory {
        return vec![d.clone()];
    }
    if o.isolated {
        return Vec::new();
    }
    let text = |p: &Path| p.to_string_lossy().into_owned();
    vec![match &o.source {
        Source::Text(_) | Source::Stdin => String::new(),
        Source::Module(_) => std::env::current_dir().map_or(String::new(), |d| text(&d)),
        Source::File(f) => {
            let real = std::fs::canonicalize(f).unwrap_or_else(|_| f.into());
            real.parent().map_or(String::new(), text)
        }
    }]
}

fn engine(o: &Options) -> Result<Engine, Error> {
    let mut b = Engine::builder()
        .jit_seed(o.seed)
        .deopt(o.deopt)
        .perf_map(o.perf_map)
        .gc_stress(o.gc_stress)
        .gc_precise(o.gc_precise)
        .count(o.stats || o.stats_to.is_some())
        .coverage(o.coverage.is_some())
        .dump(o.dump)
        .argv(o.argv.clone())
        .flags(o.flags.clone())
        .path(path(o))
        .stdout(stream::stdout(o.unbuffered))
        .stderr(stream::stderr());
    if !o.sandbox {
        b = b.grant_all();
    }
    if let Some(n) = o.max_output {
        b = b.max_output(n);
    }
    if let Some(mode) = o.jit {
        b = b.jit(mode);
        if mode != JitMode::Off
            && let Err(why) = Engine::native_code_available()
        {
            say(&format!("taipan: everything is interpreted: {why}"));
            b = b.jit(JitMode::Off);
        }
    }
    if let Some(n) = o.max_memory {
        b = b.max_memory(n);
    }
    if let Some(n) = o.max_code {
        b = b.max_code(n);
    }
    if let Some(n) = o.max_recursion {
        b = b.recursion_limit(n);
    }
    if let Some(n) = o.max_fuel {
        b = b.max_fuel(n);
    }
    if let Some(k) = o.fail_alloc_at {
        b = b.fail_alloc_at(k);
    }
    let began = Instant::now();
    let mut e = b.build()?;
    // Of the whole run: each call of the engine has what those before it left.
    if let Some(d) = o.max_time {
        e.set_deadline(began.checked_add(d))?;
    }
    Ok(e)
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

/// Prints what was not caught, and says how the process ends.
pub fn finish(engine: &mut Engine, o: &Options, result: Result<(), Error>) -> End {
    let (text, end) = match result {
        Ok(()) => (String::new(), End::Status(0)),
        // With `-i` even SystemExit is only shown.
        Err(Error::Python(e)) if e.exit.is_none() || o.flags.inspect => {
            if let Some(file) = &o.stats_to {
                let line = format!(
                    "exception {}: {}",
                    e.type_name,
                    e.message.replace('\n', "\\n")
                );
                let _ = append(file, &[line]);
            }
            // The hook may end the program in its own way.
            match engine.report(&e) {
                Ok(()) => {}
                // No memory to go through `sys.stderr`.
                Err(Error::Python(p)) if p.type_name == "MemoryError" => {
                    let _ = engine.vm().stderr.write_all(e.traceback.as_bytes());
                }
                // `sys.stderr` is closed or broken: there is nowhere to say so.
                Err(Error::Python(p)) if p.exit.is_none() || o.flags.inspect => {}
                Err(end) => return finish(engine, o, Err(end)),
            }
            let end = match &*e.type_name {
                "KeyboardInterrupt" if !o.flags.inspect => End::Interrupted,
                _ if e.denied => End::Status(DENIED),
                _ => End::Status(1),
            };
            (String::new(), end)
        }
        Err(Error::Python(e)) => match e.exit {
            Some(Exit::Code(c)) => (String::new(), End::Status(c as u8)),
            Some(Exit::Text(t)) => (t + "\n", End::Status(1)),
            None => (String::new(), End::Status(1)),
        },
        Err(e @ Error::Terminated(_)) => (format!("taipan: stopped: {e}\n"), End::Status(LIMIT)),
        Err(e) => (format!("{e}\n"), End::Status(1)),
    };
    let err = &mut engine.vm().stderr;
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
    if let Some(file) = &o.stats_to {
        let n = engine.vm().stats.native.get();
        let _ = append(file, &[format!("native {n}")]);
    }
    end
}

/// Hands over what was printed. Where that fails the program has failed, whatever it said.
fn flush(engine: &mut Engine, end: End) -> End {
    let vm = engine.vm();
    let Err(e) = vm.stdout.flush() else {
        return end;
    };
    let class = match e.raw_os_error() {
        Some(n) => crate::types::exception::ops::os_error_class(n).name(),
        None => "OSError",
    };
    let number = e.raw_os_error().unwrap_or(libc::EIO);
    let text = std::io::Error::from_raw_os_error(number).to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let said = format!(
        "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n\
         {class}: [Errno {number}] {text}\n"
    );
    let _ = vm.stderr.write_all(said.as_bytes());
    match end {
        End::Status(_) => End::Status(UNFLUSHED),
        End::Interrupted => End::Interrupted,
    }
}
