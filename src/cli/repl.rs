//! The prompt: lines from a terminal (edited, with a history) or from any other stdin; statements are
//! run as they are complete, and the values of expressions shown by `sys.displayhook`.

use super::options::Options;
use super::run::{End, finish, say};
use crate::compile::{self, CompileError, ErrorKind, Mode, compile_with};
use crate::modules::sys_attribute;
use crate::object::Value;
use crate::types::exception::syntax;
use crate::types::file::{self, value::FileObj};
use crate::{Engine, Error};
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;
use std::io::{IsTerminal, Write};

/// What a line was.
enum Line {
    Text(String),
    Interrupted,
    End,
}

/// Where lines come from.
enum Lines {
    /// A terminal, and what was typed there, now and before.
    Editor(Box<DefaultEditor>, Vec<String>),
    /// `sys.stdin`; prompts go to stderr.
    Stream,
}

impl Lines {
    fn new() -> Lines {
        if !std::io::stdin().is_terminal() {
            return Lines::Stream;
        }
        let Ok(mut editor) = DefaultEditor::new() else {
            return Lines::Stream;
        };
        // There may be none yet.
        let old = history_file().and_then(|f| std::fs::read_to_string(f).ok());
        let old: Vec<String> = old.unwrap_or_default().lines().map(String::from).collect();
        for l in &old {
            let _ = editor.add_history_entry(l.as_str());
        }
        Lines::Editor(Box::new(editor), old)
    }

    fn read(&mut self, engine: &mut Engine, prompt: &str) -> Result<Line, Error> {
        match self {
            Lines::Editor(editor, typed) => match editor.readline(prompt) {
                Ok(l) => {
                    if !l.trim().is_empty() {
                        let _ = editor.add_history_entry(l.as_str());
                        typed.push(l.clone());
                    }
                    Ok(Line::Text(l + "\n"))
                }
                Err(ReadlineError::Interrupted) => Ok(Line::Interrupted),
                Err(_) => Ok(Line::End),
            },
            Lines::Stream => {
                let err = &mut engine.vm().stderr;
                let _ = err.write_all(prompt.as_bytes());
                let _ = err.flush();
                let mut line = Vec::new();
                let r = engine.within(|vm, _| {
                    let stdin = sys_attribute(vm, "__stdin__")?;
                    if let Some(f) = stdin.and_then(Value::cast::<FileObj>)
                        && !file::is_closed(vm, f)
                    {
                        line = file::text::read_line(vm, f, None)?;
                    }
                    Ok(Value::NONE)
                });
                match r {
                    Ok(()) if line.is_empty() => Ok(Line::End),
                    Ok(()) => Ok(Line::Text(String::from_utf8_lossy(&line).into_owned())),
                    Err(Error::Python(e)) if e.type_name == "KeyboardInterrupt" => {
                        Ok(Line::Interrupted)
                    }
                    Err(e) => Err(e),
                }
            }
        }
    }

    fn close(self) {
        if let Lines::Editor(_, typed) = self
            && let Some(f) = history_file()
        {
            let last = &typed[typed.len().saturating_sub(HISTORY)..];
            let text: String = last.iter().map(|l| format!("{l}\n")).collect();
            // A home that cannot be written has no history.
            let _ = std::fs::write(f, text);
        }
    }
}

/// Lines of history that are kept.
const HISTORY: usize = 1000;

/// Where the history is kept.
fn history_file() -> Option<std::path::PathBuf> {
    let home = std::env::var_os("HOME")?;
    Some(std::path::Path::new(&home).join(".taipan_history"))
}

/// Whether what was typed is a whole statement.
enum Typed {
    More,
    Whole(Result<std::sync::Arc<crate::code::object::CodeObject>, CompileError>),
}

/// Judges what was typed: `last` when nothing more comes.
fn judge(text: &str, optimize: u8, last: bool) -> Typed {
    let options = compile::Options {
        optimize,
        ..Default::default()
    };
    let made = compile_with(text, "<stdin>", Mode::Single, options);
    if last {
        return Typed::Whole(made);
    }
    let lines = text.matches('\n').count() as u32;
    let blank = lines > 1 && text.trim_end_matches('\n').len() + 1 < text.len()
        || text
            .lines()
            .next_back()
            .is_some_and(|l| l.trim().is_empty());
    match &made {
        Ok(_) if is_compound(text) && !blank => Typed::More,
        Err(e) if wants_more(e, lines, blank, text) => Typed::More,
        Ok(_) | Err(_) => Typed::Whole(made),
    }
}

/// Whether the error is only that the text ends too early.
fn wants_more(e: &CompileError, lines: u32, blank: bool, text: &str) -> bool {
    if !matches!(e.kind, ErrorKind::Syntax | ErrorKind::Indentation) {
        return false;
    }
    match e.msg.as_str() {
        "EOF while scanning triple-quoted string literal" => true,
        "unexpected EOF while parsing"
        | "unexpected character after line continuation character"
            if text.ends_with("\\\n") =>
        {
            true
        }
        "unexpected EOF while parsing" => !blank || !is_compound(text) || is_open(text),
        // The line may be missing, or be the one that is not indented.
        "expected an indented block" => !blank && (e.line > lines || ends_in_colon(text)),
        _ => false,
    }
}

/// Whether the last line opens a block.
fn ends_in_colon(text: &str) -> bool {
    let last = text.lines().next_back().unwrap_or("");
    let code = last.split('#').next().unwrap_or("");
    code.trim_end().ends_with(':')
}

/// Whether a bracket is open at the end.
fn is_open(text: &str) -> bool {
    let b = text.as_bytes();
    let mut depth = 0i64;
    let mut i = 0;
    while i < b.len() {
        match b[i] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b'#' => {
                i += b[i..]
                    .iter()
                    .position(|c| *c == b'\n')
                    .unwrap_or(b.len() - i)
                    - 1
            }
            q @ (b'\'' | b'"') => {
                let triple = b[i..].starts_with(&[q; 3]);
                i += if triple { 3 } else { 1 };
                while i < b.len() {
                    match b[i] {
                        b'\\' => i += 1,
                        c if c == q && (!triple || b[i..].starts_with(&[q; 3])) => break,
                        b'\n' if !triple => break,
                        _ => (),
                    }
                    i += 1;
                }
                i += if triple { 2 } else { 0 };
            }
            _ => (),
        }
        i += 1;
    }
    depth > 0
}

/// Whether the first statement is one that a blank line ends.
fn is_compound(text: &str) -> bool {
    let first = text.trim_start();
    if first.starts_with('@') {
        return true;
    }
    let word: &str = first
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()
        .unwrap_or("");
    matches!(
        word,
        "if" | "while" | "for" | "try" | "with" | "def" | "class" | "async"
    )
}

fn prompt(engine: &mut Engine, name: &str) -> String {
    let mut text = String::new();
    // Without a usable prompt there is none.
    let _ = engine.within(|vm, _| {
        if let Some(p) = sys_attribute(vm, name)? {
            let p = crate::protocol::repr::str(vm, p)?;
            text = vm.text(p);
        }
        Ok(Value::NONE)
    });
    text
}

/// Runs what is typed until the input ends or the program does. With `banner` unless `-q` forbids it.
pub fn run(engine: &mut Engine, o: &Options, banner: bool) -> End {
    if banner && !o.flags.quiet {
        say(&format!(
            "Python 3.8.18 (Taipan {}) on {}\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS
        ));
    }
    // SystemExit ends the prompt whatever `-i` said of the program.
    let mut o = o.clone();
    o.flags.inspect = false;
    let mut lines = Lines::new();
    let end = session(engine, &o, &mut lines);
    lines.close();
    end
}

fn session(engine: &mut Engine, o: &Options, lines: &mut Lines) -> End {
    let mut text = String::new();
    loop {
        let p = prompt(engine, if text.is_empty() { "ps1" } else { "ps2" });
        let last = match lines.read(engine, &p) {
            Ok(Line::Text(t)) => {
                text += &t;
                let ends = !t.ends_with('\n');
                if ends {
                    text.push('\n');
                }
                ends
            }
            Ok(Line::Interrupted) => {
                say("\nKeyboardInterrupt");
                text.clear();
                continue;
            }
            Ok(Line::End) if text.is_empty() => {
                say("\n");
                return End::Status(0);
            }
            Ok(Line::End) => true,
            Err(e) => return finish(engine, o, Err(e)),
        };
        if text.trim().is_empty() {
            text.clear();
            continue;
        }
        let result = match judge(&text, o.flags.optimize, last) {
            Typed::More => continue,
            Typed::Whole(Ok(code)) => engine.run_code(code),
            Typed::Whole(Err(e)) => engine.within(|vm, _| Err(syntax::raise(vm, &e))),
        };
        text.clear();
        let _ = engine.vm().stdout.flush();
        let r = match result {
            Ok(()) => Ok(()),
            Err(Error::Python(e)) if e.exit.is_none() => engine.report(&e),
            Err(e) => Err(e),
        };
        match r {
            Ok(()) => (),
            // What the hook raised was no end.
            Err(Error::Python(e)) if e.exit.is_none() => say(&e.traceback),
            Err(e) => return finish(engine, o, Err(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn more(text: &str) -> bool {
        matches!(judge(text, 0, false), Typed::More)
    }

    #[test]
    fn a_statement_is_whole_when_python_says_so() {
        for open in [
            "if 1:\n",
            "if 1:\n  2\n",
            "def f(x,\n",
            "(1,\n",
            "(1,\n\n",
            "x = '''a\n",
            "x = '''a\n\n",
            "x = 1 + \\\n",
            "@d\n",
            "for i in x: pass\n",
            "if 1:\n  (2,\n",
            "if 1:\n  pass\nelse:\n",
            "try:\n  pass\n",
        ] {
            assert!(more(open), "{open:?}");
        }
        for whole in [
            "1\n",
            "x = (1,\n2)\n",
            "if 1:\n  2\n\n",
            "x = = 1\n",
            "1 +\n",
            "'abc\n",
            "if 1:\n\n",
            "if 1:\nx\n",
            "if 1\n",
            "x = '''a\nb'''\n",
            "# note\n",
            ")\n",
        ] {
            assert!(!more(whole), "{whole:?}");
        }
    }
}
