//! stdout and stderr of the process.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, LineWriter, Result, Write};
use std::os::fd::AsFd;

/// A stream that holds nothing back.
struct Direct(std::io::Stdout);

impl Write for Direct {
    fn write(&mut self, b: &[u8]) -> Result<usize> {
        self.0.write_all(b)?;
        self.0.flush()?;
        Ok(b.len())
    }
    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// What is held back of a text before it is written.
const CHUNK: usize = 8192;
/// What is still held after a flush that failed.
const BLOCK: usize = 4096;

/// A stream into a file or pipe. It forgets what it could not write, as CPython's two layers of
/// buffers do together: a program that a broken pipe ended is not told of it again at its exit.
/// Only the little that an explicit flush leaves is tried once more.
struct Held {
    to: File,
    text: Vec<u8>,
}

impl Held {
    /// Writes what is held; on an error, what is not written stays.
    fn pass(&mut self) -> Result<()> {
        let mut done = 0;
        let end = loop {
            if done == self.text.len() {
                break Ok(());
            }
            match self.to.write(&self.text[done..]) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(n) => done += n,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => break Err(e),
            }
        };
        self.text.drain(..done);
        end
    }
    fn pass_or_forget(&mut self) -> Result<()> {
        let end = self.pass();
        self.text.clear();
        end
    }
}

impl Write for Held {
    fn write(&mut self, b: &[u8]) -> Result<usize> {
        if self.text.len() + b.len() > CHUNK {
            self.pass_or_forget()?;
        }
        if b.len() >= CHUNK {
            self.to.write_all(b)?;
        } else {
            self.text.extend_from_slice(b);
        }
        if self.text.len() >= CHUNK {
            self.pass_or_forget()?;
        }
        Ok(b.len())
    }
    fn flush(&mut self) -> Result<()> {
        if self.text.len() > BLOCK {
            self.pass_or_forget()
        } else {
            self.pass()
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.pass();
    }
}

/// What the program prints to. Rust's own stdout is line buffered even into a file.
pub fn stdout(unbuffered: bool) -> Box<dyn Write + Send> {
    let out = std::io::stdout();
    if unbuffered {
        Box::new(Direct(out))
    } else if out.is_terminal() {
        Box::new(LineWriter::new(out))
    } else if let Ok(to) = out.as_fd().try_clone_to_owned() {
        let text = Vec::with_capacity(CHUNK);
        Box::new(Held {
            to: to.into(),
            text,
        })
    } else {
        Box::new(Direct(out))
    }
}
/// `sys.stderr`: not buffered past a line.
pub fn stderr() -> Box<dyn Write + Send> {
    Box::new(std::io::stderr())
}
