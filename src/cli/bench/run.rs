//! One process: how long it took and what it said.

use super::engines::Contender;
use nix::sys::resource::{UsageWho, getrusage};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a process cost.
#[derive(Clone, Copy)]
pub struct Run {
    pub wall: Duration,
    /// Processor time, user and system, of all its threads, where the system tells.
    pub cpu: Option<Duration>,
}

/// What a process said.
#[derive(Clone)]
pub struct Said {
    pub stdout: Vec<u8>,
    pub status: String,
    /// The last line on stderr: what it died of.
    pub last: String,
}
impl Said {
    /// Where this differs from what was expected.
    pub fn difference(&self, expected: &Said) -> Option<String> {
        if self.status != expected.status {
            let why = match self.last.is_empty() {
                true => String::new(),
                false => format!(" ({})", self.last),
            };
            let (a, b) = (&self.status, &expected.status);
            return Some(format!("its status is {a}, not {b}{why}"));
        }
        if self.stdout == expected.stdout {
            return None;
        }
        let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
        let (mine, theirs) = (text(&self.stdout), text(&expected.stdout));
        let (mut a, mut b) = (mine.split('\n'), theirs.split('\n'));
        let mut line = 0;
        loop {
            line += 1;
            let show = |l: Option<&str>| l.map_or("nothing".into(), |l| format!("{l:?}"));
            match (a.next(), b.next()) {
                // Only what is no UTF-8 differs.
                (None, None) => return Some("its output is not UTF-8".into()),
                (x, y) if x != y => {
                    return Some(format!("line {line} is {}, not {}", show(x), show(y)));
                }
                (_, _) => {}
            }
        }
    }
}

/// Processor time of the children that have ended.
fn children() -> Option<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let micros = |t: nix::sys::time::TimeVal| {
        u64::try_from(t.tv_sec()).ok().and_then(|s| {
            let us = u64::try_from(t.tv_usec()).ok()?;
            s.checked_mul(1_000_000)?.checked_add(us)
        })
    };
    let all = micros(usage.user_time())?.checked_add(micros(usage.system_time())?)?;
    Some(Duration::from_micros(all))
}

/// Runs an engine once. No other child may end meanwhile.
pub fn time(who: &Contender, args: &[String], input: &[u8]) -> std::io::Result<(Run, Said)> {
    let mut command = Command::new(&who.program);
    command
        .args(&who.flags)
        .arg(&who.script)
        .args(args)
        .env_remove("TAIPAN_JIT")
        // None of them leaves files behind.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let before = children();
    let began = Instant::now();
    let mut child = command.spawn()?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|s| {
        s.spawn(move || {
            // A program need not read its input.
            stdin.map(|mut to| to.write_all(input))
        });
        child.wait_with_output()
    })?;
    let wall = began.elapsed();
    let cpu = before
        .zip(children())
        .and_then(|(before, after)| after.checked_sub(before));
    let last = String::from_utf8_lossy(&output.stderr)
        .lines()
        .rfind(|l| !l.trim().is_empty())
        .map(|l| l.trim().to_owned())
        .unwrap_or_default();
    let said = Said {
        stdout: output.stdout,
        status: match output.status.code() {
            Some(c) => c.to_string(),
            None => output.status.to_string(),
        },
        last,
    };
    Ok((Run { wall, cpu }, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stdout: &[u8], status: &str, last: &str) -> Said {
        Said {
            stdout: stdout.into(),
            status: status.into(),
            last: last.into(),
        }
    }

    #[test]
    fn the_first_difference_is_named() {
        let a = said(b"1\n2\n", "0", "");
        assert_eq!(a.difference(&a), None);
        for (b, text) in [
            (said(b"1\n3\n", "0", ""), "line 2 is \"3\", not \"2\""),
            (said(b"1\n2", "0", ""), "line 3 is nothing, not \"\""),
            (said(b"", "0", ""), "line 1 is \"\", not \"1\""),
            (said(b"1\n2\n", "1", ""), "its status is 1, not 0"),
            (
                said(b"1\n2\n", "1", "NameError: x"),
                "its status is 1, not 0 (NameError: x)",
            ),
        ] {
            assert_eq!(b.difference(&a).as_deref(), Some(text));
        }
        let odd = said(b"\xff", "0", "");
        let other = said(b"\xfe", "0", "");
        assert!(odd.difference(&other).is_some());
    }
}
